using System.Text;
using System.Text.RegularExpressions;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>What the first bytes of a file say, before its gigabytes are fetched or hashed.</summary>
internal static partial class FileSignature
{
    /// <summary>Bytes that are enough to tell, also for a page's title.</summary>
    public const int Bytes = 4096;

    private static readonly (string Suffix, byte[][] Starts, string Kind)[] Known =
    [
        (".7z", [[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]], "a 7z archive"),
        (".zip", ["PK\u0003\u0004"u8.ToArray(), "PK\u0005\u0006"u8.ToArray()], "a zip archive"),
        (".gz", [[0x1F, 0x8B]], "a gzip file"),
        (".mat", ["MATLAB "u8.ToArray()], "a MAT file"),
    ];

    /// <summary>Why a file of this name cannot start so; null when nothing speaks against it.</summary>
    /// <param name="name">File name; its ending says what is expected.</param>
    /// <param name="start">The first bytes, all of them in a shorter file.</param>
    public static string? Fault(string name, ReadOnlySpan<byte> start)
    {
        // Only whole tags count: the first byte of a float may well be a "<".
        var text = start.StartsWith(Encoding.UTF8.Preamble) ? start[3..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        if (Markup().IsMatch(Encoding.Latin1.GetString(text[..Math.Min(text.Length, 16)]))) return Page(Space().Replace(Encoding.UTF8.GetString(text), " "));
        foreach (var (suffix, starts, kind) in Known)
        {
            if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && !StartsWithOne(start, starts))
                return start.IsEmpty ? $"it is empty, not {kind}" : $"it starts with {Shown(start)}, not like {kind}";
        }

        return null;
    }

    private static bool StartsWithOne(ReadOnlySpan<byte> start, byte[][] starts)
    {
        foreach (var each in starts)
            if (start.StartsWith(each)) return true;
        return false;
    }

    private static string Page(string text)
    {
        var title = Title().Match(text) is { Success: true } match ? match.Groups[1].Value.Trim() : "";
        var kind = text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) ? "an HTML page" : "a page of markup";
        var cause = Contains("quota") ? "the host's download quota for this file is used up: try again tomorrow, or download it in a browser while signed in"
            : Contains("virus") ? "the host wants a click on \"download anyway\": download it in a browser"
            : Contains("sign in") || Contains("log in") || Contains("login") ? "the host wants a sign-in: download it in a browser"
            : "an error, quota or sign-in page of the host";
        return $"{kind} came instead of the file{(title.Length > 0 ? $", titled \"{title}\"" : "")}: {cause}";

        bool Contains(string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static string Shown(ReadOnlySpan<byte> start)
    {
        var head = start[..Math.Min(start.Length, 12)];
        return head.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? $"the bytes {Convert.ToHexString(head)}" : $"\"{Encoding.ASCII.GetString(head)}\"";
    }

    [GeneratedRegex(@"\A<(!doctype|!--|html|head|body|title|script|meta|\?xml|error)", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"<title[^>]*>([^<]{1,200})", RegexOptions.IgnoreCase)]
    private static partial Regex Title();
}
