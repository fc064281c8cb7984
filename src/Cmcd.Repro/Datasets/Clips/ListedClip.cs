namespace Cmcd.Repro.Datasets.Clips;

/// <summary>One row of vggsound.csv: ten seconds of a video.</summary>
/// <param name="Video">YouTube's id, 11 characters; may begin with a dash.</param>
/// <param name="Start">First second.</param>
/// <param name="Label">Position of its label in <see cref="VggSoundList.Classes"/>.</param>
/// <param name="IsTest">Of the authors' test split; else of their training split.</param>
internal readonly record struct ListedClip(string Video, int Start, int Label, bool IsTest)
{
    /// <summary>The authors' file name without its ending, as in "---g-f_I2yQ_000001".</summary>
    public string Name => $"{Video}_{Start:000000}";
}
