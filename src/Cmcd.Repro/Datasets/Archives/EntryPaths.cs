using System.Globalization;

namespace Cmcd.Repro.Datasets.Archives;

/// <summary>Turns entry names into paths below one folder, and refuses those that some system would put elsewhere or on top of another.</summary>
/// <remarks>The strictest file system rules on all of them, so that an archive comes out the same everywhere or not at all.</remarks>
internal sealed class EntryPaths
{
    private static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        .. "0123456789\u00B9\u00B2\u00B3".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" }),
    ];

    private readonly Dictionary<string, (string Spelling, bool IsFolder)> _taken = [];

    /// <summary>The path of an entry relative to the folder, with this system's separators; "" for the folder itself.</summary>
    /// <returns>The path, or why the name is refused.</returns>
    public (string Path, string? Refusal) Of(string name, bool isFolder)
    {
        var slashed = name.Replace('\\', '/');   // zips made on Windows hold backslashes; elsewhere they would become part of a name
        if (slashed.StartsWith('/')) return ("", "its path is absolute");
        var parts = slashed.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        if (parts.Length == 0) return isFolder ? ("", null) : ("", "it has no name");
        foreach (var part in parts)
            if (Refusal(part) is { } refusal) return ("", refusal);
        for (var length = 1; length <= parts.Length; length++)
        {
            var spelling = string.Join('/', parts[..length]);
            var folderHere = isFolder || length < parts.Length;
            if (_taken.TryAdd(spelling.ToUpperInvariant(), (spelling, folderHere))) continue;
            var other = _taken[spelling.ToUpperInvariant()];
            if (!folderHere || !other.IsFolder || other.Spelling != spelling) return ("", $"it falls together with \"{other.Spelling}\", for a file system without upper and lower case or altogether");
        }

        return (Path.Combine(parts), null);
    }

    private static string? Refusal(string part)
    {
        if (part == "..") return "its path leaves the folder";
        if (part.IndexOfAny(['<', '>', ':', '"', '|', '?', '*']) >= 0 || part.Any(char.IsControl)) return $"\"{Shown(part)}\" has a character that not every system allows in a name (a drive, a stream or a wildcard)";
        if (part.EndsWith('.') || part.EndsWith(' ')) return $"\"{part}\" ends with a dot or space, which Windows drops";
        if (Devices.Contains(part.Split('.')[0].TrimEnd(' '), StringComparer.OrdinalIgnoreCase)) return $"\"{part}\" is a device on Windows";
        return part.EnumerateRunes().Any(rune => !IsNormal(rune)) ? $"\"{Shown(part)}\" is not in Unicode's composed form, so that another name could look and be the same" : null;
    }

    /// <summary>False for every character that form NFC may replace or join with the one before it (its NFC quick check is not "yes"), and for some more.</summary>
    /// <remarks>The program runs without culture data, where string.Normalize changes nothing; so what could collide is refused instead of compared.</remarks>
    private static bool IsNormal(System.Text.Rune rune) =>
        rune.IsAscii
        || (System.Text.Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
            && rune.Value is not (0x0340 or 0x0341 or 0x0374 or 0x037E or 0x0387
                or (>= 0x0958 and <= 0x095F) or 0x09DC or 0x09DD or 0x09DF or 0x0A33 or 0x0A36 or (>= 0x0A59 and <= 0x0A5B) or 0x0A5E or 0x0B5C or 0x0B5D
                or (>= 0x0F40 and <= 0x0F70)
                or (>= 0x1100 and <= 0x11FF)                               // Hangul letters that join
                or (>= 0x1F00 and <= 0x2001)                               // Greek with accents, typographic spaces
                or 0x2126 or 0x212A or 0x212B or 0x2329 or 0x232A or 0x2ADC
                or (>= 0xF900 and <= 0xFB4F)                               // compatibility ideographs and presentation forms
                or (>= 0x1D15E and <= 0x1D1C0) or (>= 0x2F800 and <= 0x2FA1F)));

    private static string Shown(string part) => string.Concat(part.Select(letter => letter is >= ' ' and <= '~' ? letter.ToString() : $"\\u{(int)letter:X4}"));
}
