using System.Globalization;
using System.Text.RegularExpressions;

namespace Cmcd.Repro.Datasets.TuBerlinFiles;

/// <summary>The sketches of the unpacked archive, by class folder.</summary>
/// <remarks>
/// File numbers are global, 1 to 20,000: class i of the ordinal order holds 80 i + 1 to 80 i + 80. Classes are the folders, never those of filelist.txt, which calls one
/// "crane" where copies of the data have a folder "crane (machine)".
/// </remarks>
internal sealed partial class TuBerlinListing
{
    private const int PerClass = 80;

    private TuBerlinListing(IReadOnlyList<string> classes, IReadOnlyList<(int Label, int Number, string Path)> sketches, int otherFiles, IReadOnlyList<(string Class, int Number)>? listed) =>
        (Classes, Sketches, OtherFiles, Listed) = (classes, sketches, otherFiles, listed);

    /// <summary>Folder names, ordinal; they keep spaces, dashes and brackets.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>By class, then number.</summary>
    public IReadOnlyList<(int Label, int Number, string Path)> Sketches { get; }

    /// <summary>Files whose names are no number with .png; not read.</summary>
    public int OtherFiles { get; }

    /// <summary>Lines of filelist.txt; null where it is not there.</summary>
    public IReadOnlyList<(string Class, int Number)>? Listed { get; }

    /// <summary>Listed numbers without a file.</summary>
    public int Missing => Listed?.Select(line => line.Number).Except(Sketches.Select(sketch => sketch.Number)).Count() ?? 0;

    /// <summary>Files whose number filelist.txt gives to another class; the name before a bracket is enough.</summary>
    public int Misfiled
    {
        get
        {
            var classes = Listed?.GroupBy(line => line.Number).ToDictionary(line => line.Key, line => line.First().Class) ?? [];
            return Sketches.Count(sketch => classes.TryGetValue(sketch.Number, out var name) && !IsSame(name, Classes[sketch.Label]));
        }
    }

    /// <summary>Folders that filelist.txt writes otherwise.</summary>
    public IEnumerable<string> RenamedClasses => Listed is null ? [] : Classes.Except(Listed.Select(line => line.Class));

    /// <summary>Files that share their number with another: a sign of a copy that counts each class from 1.</summary>
    public int Renumbered => Sketches.Count - Sketches.Select(sketch => sketch.Number).Distinct().Count();

    /// <summary>Classes whose files do not come from one block of 80 numbers.</summary>
    public int ScatteredClasses => Sketches.GroupBy(sketch => sketch.Label).Count(own => own.Select(sketch => (sketch.Number - 1) / PerClass).Distinct().Count() > 1);

    /// <param name="content">The unpacked archive.</param>
    /// <exception cref="DatasetUnavailableException">It is not TU-Berlin's, or a class has too few sketches to split.</exception>
    public static TuBerlinListing Read(string content)
    {
        var root = UnpackedFolder.Require(content, "png", "with a folder for each class", "sketches_png.zip");
        string[] classes = [.. Directory.EnumerateDirectories(root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];
        var (sketches, others) = (new List<(int Label, int Number, string Path)>(), 0);
        foreach (var (label, name) in classes.Index())
        {
            foreach (var path in Directory.EnumerateFiles(Path.Combine(root, name)))
            {
                if (SketchName().Match(Path.GetFileName(path)) is { Success: true } match) sketches.Add((label, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), path));
                else others++;
            }
        }

        UnpackedFolder.RequireTwoOfEach(root, classes, sketches.Select(sketch => sketch.Label), "1.png");
        return new(classes, [.. sketches.OrderBy(sketch => sketch.Label).ThenBy(sketch => sketch.Number).ThenBy(sketch => sketch.Path, StringComparer.Ordinal)], others, FileList(Path.Combine(root, "filelist.txt")));
    }

    private static (string, int)[]? FileList(string path) => !File.Exists(path) ? null :
    [
        .. File.ReadLines(path).Select(line => ListedName().Match(line.Trim())).Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))),
    ];

    private static bool IsSame(string listed, string folder) => listed == folder || folder.StartsWith($"{listed} (", StringComparison.Ordinal) || listed.StartsWith($"{folder} (", StringComparison.Ordinal);

    [GeneratedRegex(@"\A(\d{1,9})\.png\z")]
    private static partial Regex SketchName();

    [GeneratedRegex(@"\A(.+)/(\d{1,9})\.png\z")]
    private static partial Regex ListedName();
}
