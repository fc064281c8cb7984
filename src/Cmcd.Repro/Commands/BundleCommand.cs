using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Results;
using Cmcd.Repro.Results.Bundles;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Commands;

/// <summary>One tier's evidence in one file: results with every answer, the experiment files, the approved numbers.</summary>
internal static class BundleCommand
{
    // What verdicts and their reading need; the data themselves are named by their hashes.
    private static readonly (string Folder, string Pattern)[] Experiment =
    [
        ("experiments", "*.json"), ("experiments", "*.md"), ("experiments/paper", "*.csv"), ("experiments/recipes", "*.json"), ("experiments/schema", "*.json"),
        ("experiments/tiers", "*.json"), ("experiments/data", "README.md"),
    ];

    // cells.init-random.csv follows from runs.csv.
    private static readonly string[] OfTable = ["cells.csv", "runs.csv", "manifest.json", "predictions.*.csv.gz", "confusions.*.csv.gz", "levels.csv", "summary.csv", EstimatorFile.Name];

    public static int Execute(string tier, string? output, string? date, ProjectFolders folders)
    {
        var tables = TableResults.ReadTier(folders.Results, tier);   // refuses what would not verify
        var experiments = new ExperimentFiles(folders.Experiments);
        string[] faults = [.. tables.Where(table => !GapFiles.Holds(folders.Experiments, table.Table)).SelectMany(table => BundledVerdicts.Faults(experiments.Load(table.Table, table.Tier), table))];
        if (faults.Length > 0) throw new ReproException(string.Join('\n', faults) + "\nA bundle of these results would not verify. Run the table again with this version of the experiment files.");

        var files = new List<BundleEntry>();
        foreach (var table in tables) files.AddRange(OfTable.SelectMany(pattern => Files(table.Folder, pattern, $"results/{tier}/{table.Table}")));
        files.AddRange(Experiment.SelectMany(place => Files(Path.Combine(folders.Root, place.Folder), place.Pattern, place.Folder)));
        const string approved = "tests/Cmcd.Repro.Tests/Regression";
        files.AddRange(new[] { $"{tier}.*.approved.csv", "approvals.log" }.SelectMany(pattern => Files(Path.Combine(folders.Root, approved), pattern, approved)));
        files.Add(new(BundledClaims.File, ResultFile.Encoding.GetBytes(BundledClaims.Of(folders.Experiments, tables))));
        files.Add(RoCrate.Of(tier, DateOf(date, tables), files));

        var path = Path.GetFullPath(output ?? $"cmcd-repro-{tier}.zip");
        var bytes = Bundle.Pack(tier, files);
        ResultFile.Replace(path, bytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(Directory.GetCurrentDirectory(), path)}: {files.Count} files, {bytes.Length:N0} bytes; {string.Join(", ", tables.Select(table => $"{table.Table} with {table.Runs.Count} runs"))}."));
        Console.WriteLine($"Hash of the whole: {BundleIndex.Of(tier, files).Sha256}");
        Console.WriteLine("Publish that hash elsewhere than the file: it tells that nobody made another bundle in its place. Check with: verify-bundle FILE.zip");
        return ExitCodes.Success;
    }

    private static IEnumerable<BundleEntry> Files(string folder, string pattern, string under) => !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, pattern)
        .Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal))
        .Select(file => new BundleEntry($"{under}/{Path.GetFileName(file)}", ResultFile.Guard(file, () => File.ReadAllBytes(file))));

    // Not today's: the same files give the same bundle tomorrow.
    private static DateOnly DateOf(string? date, IReadOnlyList<TableResults> tables) => date is null
        ? DateOnly.FromDateTime(tables.Max(table => File.GetLastWriteTimeUtc(Path.Combine(table.Folder, "manifest.json"))))
        : DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var given) ? given
        : throw new ReproException($"--date is \"{date}\". Allowed: a day, as in 2026-01-31.");
}
