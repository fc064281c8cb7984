using System.Text.RegularExpressions;
using Cmcd.Repro.Datasets.Formats;

namespace Cmcd.Repro.Datasets.SketchyFiles;

/// <summary>The authors' notes on their sketches: validity flags and the list of test photos.</summary>
/// <remarks>
/// Flags come from stats.csv by the names of its columns; where that file or a column is missing, from the four invalid-*.txt, whose lines are written differently in different copies.
/// ImageNet's names are unique over classes, so a sketch is known by its stem.
/// </remarks>
internal sealed partial class SketchyNotes
{
    private static readonly (SketchyFlag Flag, string Column, string File)[] Kinds =
    [
        (SketchyFlag.Error, "Error?", "invalid-error.txt"), (SketchyFlag.Context, "Context?", "invalid-context.txt"),
        (SketchyFlag.Ambiguous, "Ambiguous?", "invalid-ambiguous.txt"), (SketchyFlag.WrongPose, "WrongPose?", "invalid-pose.txt"),
    ];

    private readonly string _folder;

    private SketchyNotes(string folder, string? source, IReadOnlyDictionary<string, SketchyFlag> flags, IReadOnlySet<string>? testPhotos) =>
        (_folder, Source, Flags, TestPhotos) = (folder, source, flags, testPhotos);

    /// <summary>Where the flags come from; null where there are none.</summary>
    public string? Source { get; }

    /// <summary>By sketch stem: every sketch that stats.csv lists, or every flagged one.</summary>
    public IReadOnlyDictionary<string, SketchyFlag> Flags { get; }

    /// <summary>class/photo of the authors' test list; null where there is none.</summary>
    public IReadOnlySet<string>? TestPhotos { get; }

    /// <param name="content">The unpacked info archive.</param>
    public static SketchyNotes Read(string content)
    {
        var files = Directory.Exists(content)
            ? Directory.EnumerateFiles(content, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).GroupBy(path => Path.GetFileName(path)).ToDictionary(group => group.Key, group => group.First())
            : [];
        var testPhotos = files.TryGetValue("testset.txt", out var list)
            ? File.ReadLines(list).Select(line => line.Trim().Replace('\\', '/')).Where(line => line.Length > 0).Select(line => Path.ChangeExtension(line, null)).ToHashSet()
            : null;
        var (source, flags) = files.TryGetValue("stats.csv", out var stats) && FromTable(stats) is { Count: > 0 } table
            ? ("stats.csv", table)
            : Kinds.Any(kind => files.ContainsKey(kind.File)) ? ("invalid-*.txt", FromLists(files)) : (null, []);
        return new(content, source, flags, testPhotos);
    }

    /// <summary>The sketch's flags.</summary>
    /// <exception cref="DatasetUnavailableException">None were found at all.</exception>
    public SketchyFlag FlagsOf(SketchySketch sketch) => Source is null
        ? throw Missing("no stats.csv with the columns ImageNetID, SketchID, Error?, Context?, Ambiguous? and WrongPose?, and no invalid-*.txt")
        : Flags.GetValueOrDefault(sketch.Stem);

    /// <summary>Whether the photo is on the authors' test list.</summary>
    /// <exception cref="DatasetUnavailableException">There is no such list.</exception>
    public bool IsTestPhoto(string className, string stem) => (TestPhotos ?? throw Missing("no testset.txt")).Contains($"{className}/{stem}");

    private DatasetUnavailableException Missing(string what) => new(
        $"{_folder} has {what}; it must hold what info-06-04.7z unpacks to. Run the Datasets target again, or choose option PairRule = Capped or ShareOfTrain, which need no notes.");

    private static Dictionary<string, SketchyFlag> FromTable(string path)
    {
        var rows = DelimitedText.Rows(File.ReadAllText(path), path);
        var header = rows.Count == 0 ? [] : rows[0].Select(column => column.Trim()).ToArray();
        var (photo, number) = (Array.IndexOf(header, "ImageNetID"), Array.IndexOf(header, "SketchID"));
        var columns = Kinds.Select(kind => (kind.Flag, Place: Array.IndexOf(header, kind.Column))).ToArray();
        if (photo < 0 || number < 0 || columns.Any(column => column.Place < 0)) return [];

        var flags = new Dictionary<string, SketchyFlag>();
        foreach (var row in rows.Skip(1).Where(row => row.Length == header.Length && PhotoId().IsMatch(row[photo].Trim())))
            flags[$"{row[photo].Trim()}-{row[number].Trim()}"] = columns.Where(column => row[column.Place].Trim() == "1").Aggregate(SketchyFlag.None, (all, column) => all | column.Flag);
        return flags;
    }

    private static Dictionary<string, SketchyFlag> FromLists(Dictionary<string, string> files)
    {
        var flags = new Dictionary<string, SketchyFlag>();
        foreach (var (flag, _, name) in Kinds)
        {
            foreach (var found in files.TryGetValue(name, out var path) ? File.ReadLines(path).Select(line => SketchId().Match(line)).Where(match => match.Success) : [])
            {
                var stem = $"{found.Groups[1].Value}-{found.Groups[2].Value}";
                flags[stem] = flags.GetValueOrDefault(stem) | flag;
            }
        }

        return flags;
    }

    [GeneratedRegex(@"\An\d{8}_\d+\z")]
    private static partial Regex PhotoId();

    [GeneratedRegex(@"(n\d{8}_\d+)\s*[-,]\s*(\d+)")]
    private static partial Regex SketchId();
}
