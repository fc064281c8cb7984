using Cmcd.Repro.Results;

namespace Cmcd.Repro.Commands;

/// <summary>What an experiment's folder held before this command writes to it.</summary>
internal static class EarlierResults
{
    /// <summary>Copies earlier results to <c>.cache/replaced</c> and says so, if they hold a run that <paramref name="now"/> lacks.</summary>
    /// <remarks>Three seeds that somebody waited for are not lost to a quick run with one.</remarks>
    /// <param name="folders">Where the cache is.</param>
    /// <param name="id">The experiment.</param>
    /// <param name="folder">Its results.</param>
    /// <param name="now">The runs that take their place.</param>
    /// <param name="except">A file of the folder that is not of the earlier results.</param>
    public static void Keep(ProjectFolders folders, string id, string folder, IEnumerable<RunRow> now, string? except = null)
    {
        var file = Path.Combine(folder, ResultFiles.RunsFile);
        if (!File.Exists(file)) return;
        var mine = now.Select(row => (row.Cell, row.Seed, row.Init)).ToHashSet();
        if (new RunsCsv(file).Rows.All(row => mine.Contains((row.Cell, row.Seed, row.Init)))) return;

        var aside = Path.Combine(folders.Cache, "replaced", $"{id}-{DateTime.UtcNow:yyyyMMdd-HHmmss}");
        Directory.CreateDirectory(aside);
        foreach (var earlier in Directory.EnumerateFiles(folder).Where(earlier => earlier != except)) File.Copy(earlier, Path.Combine(aside, Path.GetFileName(earlier)), overwrite: true);
        Console.WriteLine($"The earlier results held runs that this one did not ask for; they were kept in {Path.GetRelativePath(Directory.GetCurrentDirectory(), aside)}.");
    }
}
