namespace Cmcd.Repro.Datasets;

/// <summary>Finds a dataset's own folder in what its archive unpacked to.</summary>
internal static class UnpackedFolder
{
    /// <summary>The folder with this path below the content, or below one folder in it: some tools put one around.</summary>
    /// <param name="content">What the archive unpacked to.</param>
    /// <param name="inner">Path with forward slashes.</param>
    /// <param name="why">What asks for it, as a clause that can follow a comma.</param>
    /// <param name="archive">Where it comes from.</param>
    /// <exception cref="DatasetUnavailableException">It is not there.</exception>
    public static string Require(string content, string inner, string why, string archive)
    {
        string[] roots = Directory.Exists(content) ? [content, .. Directory.EnumerateDirectories(content).Order(StringComparer.Ordinal)] : [content];
        if (roots.Select(root => Path.Combine([root, .. inner.Split('/')])).FirstOrDefault(Directory.Exists) is { } found) return found;
        string[] there = Directory.Exists(content) ? [.. Directory.EnumerateFileSystemEntries(content).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).Take(5)] : [];
        throw new DatasetUnavailableException(
            $"{content} has no folder {inner}, {why}; found: {(there.Length == 0 ? "nothing" : string.Join(", ", there))}. It must hold what {archive} unpacks to. Delete it and run the Datasets target again.");
    }

    /// <summary>Every class has two items at least, so that it can be split.</summary>
    /// <param name="root">The folder of class folders.</param>
    /// <param name="classes">Their names.</param>
    /// <param name="labels">Of the items that were found.</param>
    /// <param name="form">How an item is named.</param>
    /// <exception cref="DatasetUnavailableException">There is no class, or some have fewer: names them.</exception>
    public static void RequireTwoOfEach(string root, IReadOnlyList<string> classes, IEnumerable<int> labels, string form)
    {
        if (classes.Count == 0) throw new DatasetUnavailableException($"{root} holds no class folder. Delete the unpacked archive and run the Datasets target again.");
        var counts = labels.CountBy(label => label).ToDictionary();
        string[] few = [.. classes.Where((_, label) => counts.GetValueOrDefault(label) < 2)];
        if (few.Length == 0) return;
        throw new DatasetUnavailableException(
            $"{root}: {string.Join(", ", few.Take(10))}{(few.Length > 10 ? $" and {few.Length - 10} more" : "")} {(few.Length == 1 ? "holds" : "hold")} fewer than 2 sketches named as {form}, "
            + "which cannot be split. Delete the unpacked archive and run the Datasets target again.");
    }
}
