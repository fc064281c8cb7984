using Cmcd.Repro.Datasets.Formats;
using Cmcd.Repro.Datasets.Images;

namespace Cmcd.Repro.Datasets;

/// <summary>Which files of two folders belong together: by name, or by a list.</summary>
internal static class FolderPairs
{
    private const int Shown = 10;

    /// <summary>Pairs by path without ending; every file has its partner.</summary>
    /// <param name="name">The dataset, for messages.</param>
    /// <param name="sources">Teacher's modality.</param>
    /// <param name="targets">Student's modality.</param>
    /// <param name="separator">A target's name ends before its last one; empty: at its ending.</param>
    /// <exception cref="DatasetUnavailableException">Files have no partner, or two sources have one name; all in one message.</exception>
    public static PairPlan ByName(string name, ImageFolder sources, ImageFolder targets, string separator)
    {
        var stems = sources.Files.Index().GroupBy(file => Stem(file.Item)).ToDictionary(group => group.Key, group => group.Select(file => file.Index).ToArray());
        if (stems.FirstOrDefault(stem => stem.Value.Length > 1) is { Value: { } twice } stem)
            throw new DatasetUnavailableException($"{name}: {string.Join(" and ", twice.Select(file => sources.Files[file]))} in {sources.Path} have one name, {stem.Key}. Rename or remove all but one.");

        var partners = targets.Files.Select(file => stems.TryGetValue(SourceStem(file, separator), out var found) ? found[0] : -1).ToArray();
        string[] noSource = [.. targets.Files.Where((_, target) => partners[target] < 0)];
        string[] noTarget = [.. sources.Files.Where((_, source) => !partners.Contains(source))];
        if (noSource.Length + noTarget.Length > 0)
        {
            var rule = separator.Length == 0 ? "path without its ending" : $"path before the last \"{separator}\"";
            throw new DatasetUnavailableException(
                $"{name}: files are paired by their {rule}, and {noTarget.Length} of {sources.Files.Count} in {sources.Path} have no target{Listed(noTarget)}; "
                + $"{noSource.Length} of {targets.Files.Count} in {targets.Path} have no source{Listed(noSource)}. "
                + "Add the missing files, move these away, set option Separator, or name the pairs in a CSV file (option List).");
        }

        return PairPlan.Of(partners.Select((source, target) => (source, target)).OrderBy(pair => pair.source));
    }

    /// <summary>Pairs by the lines of a CSV file; files it does not name are not used.</summary>
    /// <exception cref="DatasetUnavailableException">The list cannot be read, lacks a column, names files that are not there or a target twice; all in one message.</exception>
    public static PairPlan ByList(string name, ImageFolder sources, ImageFolder targets, string list)
    {
        var rows = Rows(name, list);
        string[] header = [.. rows.Take(1).SelectMany(row => row).Select(column => column.Trim())];
        var (source, target) = (Array.IndexOf(header, "source"), Array.IndexOf(header, "target"));
        if (source < 0 || target < 0)
            throw new DatasetUnavailableException($"{name}: {list} (option List) begins with \"{string.Join(",", header)}\". Its first line must name the columns source and target.");

        var (pairs, faults, used) = (new List<(int, int)>(), new List<string>(), new HashSet<int>());
        foreach (var (line, row) in rows.Index().Skip(1))
        {
            if (row.Length != header.Length)
            {
                faults.Add($"row {line} has {row.Length} fields, expected {header.Length}");
                continue;
            }

            var (from, to) = (Place(sources, row[source], line, faults), Place(targets, row[target], line, faults));
            if (from < 0 || to < 0) continue;
            if (used.Add(to)) pairs.Add((from, to));
            else faults.Add($"row {line} names target {row[target]} again");
        }

        if (pairs.Count == 0 && faults.Count == 0) faults.Add("it names no pair");
        if (faults.Count == 0) return PairPlan.Of(pairs);
        throw new DatasetUnavailableException(
            $"{name}: {list} (option List) has {faults.Count} faults: {string.Join("; ", faults.Take(Shown))}{(faults.Count > Shown ? "; …" : "")}. Correct these rows, or add the files.");
    }

    private static int Place(ImageFolder folder, string file, int line, List<string> faults)
    {
        if (folder.Places.TryGetValue(file.Trim().Replace('\\', '/'), out var place)) return place;
        faults.Add($"row {line} names {file}, which is no image in {folder.Path}");
        return -1;
    }

    private static IReadOnlyList<string[]> Rows(string name, string list)
    {
        try
        {
            return DelimitedText.Rows(File.ReadAllText(list), list);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetUnavailableException($"{name}: {list} (option List) cannot be read: {fault.Message} Correct the path.", fault);
        }
    }

    private static string Stem(string file) => file[..^Path.GetExtension(file).Length];

    private static string SourceStem(string file, string separator)
    {
        var stem = Stem(file);
        var end = separator.Length == 0 ? -1 : stem.LastIndexOf(separator, StringComparison.Ordinal);
        return end > stem.LastIndexOf('/') ? stem[..end] : stem;
    }

    private static string Listed(string[] files) => files.Length == 0 ? "" : $" ({string.Join(", ", files.Take(Shown))}{(files.Length > Shown ? ", …" : "")})";
}
