using System.Globalization;
using System.Text.RegularExpressions;

namespace Cmcd.Repro.Datasets.Clips;

/// <summary>File names of clips: the authors' [video]_[first second as 6 digits].mp4, and [video]_[first ms]_[last ms].mp4 as downloaders of AudioSet write them.</summary>
internal static partial class ClipNames
{
    private static readonly string[] Sounds = [".wav", ".flac", ".m4a", ".mp3", ".ogg", ".opus"];
    private static readonly string[] Videos = [".mp4", ".mkv", ".webm", ".mov", ".avi", ".flv", ".3gp"];

    /// <summary>What a file of this name holds; null where it is no clip's name.</summary>
    /// <param name="fileName">Without its folder.</param>
    /// <returns>The video, its first second, and whether the file is sound alone.</returns>
    public static (string Video, int Start, bool SoundOnly)? Parse(string fileName)
    {
        var ending = Path.GetExtension(fileName).ToLowerInvariant();
        var soundOnly = Sounds.Contains(ending);
        if ((!soundOnly && !Videos.Contains(ending)) || Pattern().Match(Path.GetFileNameWithoutExtension(fileName)) is not { Success: true } match) return null;
        var start = long.Parse(match.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
        if (match.Groups["last"].Success)
        {
            // The list knows whole seconds only; a clip that begins between two is another clip.
            if (start % 1000 != 0 || long.Parse(match.Groups["last"].ValueSpan, CultureInfo.InvariantCulture) <= start) return null;
            start /= 1000;
        }
        else if (match.Groups["first"].Length != 6)
        {
            return null;
        }

        return (match.Groups["video"].Value, (int)start, soundOnly);
    }

    // A video's id may hold underscores and dashes anywhere: only its length tells where it ends.
    [GeneratedRegex(@"\A(?<video>[A-Za-z0-9_-]{11})_(?<first>[0-9]{1,9})(_(?<last>[0-9]{1,9}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
