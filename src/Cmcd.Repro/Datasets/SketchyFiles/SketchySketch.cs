namespace Cmcd.Repro.Datasets.SketchyFiles;

/// <summary>A sketch's file.</summary>
/// <param name="Label">Place of its class: that of its folder, since a class holds several synsets.</param>
/// <param name="PhotoStem">Its name before the last dash.</param>
/// <param name="Number">Its name behind the last dash.</param>
/// <param name="Photo">Place of its photo in the list, -1 where that is not there.</param>
/// <param name="Path">Where it lies.</param>
internal sealed record SketchySketch(int Label, string PhotoStem, int Number, int Photo, string Path)
{
    /// <summary>As in n02691156_7027-10.</summary>
    public string Stem => $"{PhotoStem}-{Number}";
}
