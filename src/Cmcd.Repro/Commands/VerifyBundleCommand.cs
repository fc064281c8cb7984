using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Results;
using Cmcd.Repro.Results.Bundles;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Commands;

/// <summary>Checks a bundle anywhere, offline: every byte against its index, then every number and verdict from the answers up.</summary>
internal static class VerifyBundleCommand
{
    public static int Execute(string file)
    {
        var bundle = Bundle.Read(file);
        if (bundle.Faults.Count > 0) return Refuse(file, bundle.Faults);

        var folder = Directory.CreateTempSubdirectory("cmcd-bundle-").FullName;
        try
        {
            bundle.Unpack(folder);
            var tables = TableResults.ReadTier(Path.Combine(folder, "results"), bundle.Index!.Tier);
            var experiments = new ExperimentFiles(Path.Combine(folder, "experiments"));
            var checkedFolders = tables.Select(table => $"results/{table.Tier}/{table.Table}/").ToArray();
            var unread = bundle.Files.Select(each => each.Path).Where(path => path.StartsWith("results/", StringComparison.Ordinal) && !checkedFolders.Any(place => path.StartsWith(place, StringComparison.Ordinal)))
                .Select(path => $"{path} belongs to no table with a manifest.json in tier {bundle.Index.Tier}: nothing could be derived from it.");
            string[] faults = [.. unread, .. tables.Where(table => !GapFiles.Holds(Path.Combine(folder, "experiments"), table.Table)).SelectMany(table => BundledVerdicts.Faults(experiments.Load(table.Table, table.Tier), table)), .. ClaimFaults(folder, tables)];
            if (faults.Length > 0) return Refuse(file, faults);

            Console.WriteLine($"{file} holds. {bundle.Files.Count} files are as listed.");
            foreach (var table in tables)
                Console.WriteLine($"{table.Table}, tier {table.Tier}: {table.Runs.Count(run => table.AnswersOf(run) is not null)} of {table.Runs.Count} runs follow from {table.Answers.Sum(answers => (long)answers.Items * answers.Evaluations):N0} stored answers, {table.Cells.Count(cell => cell.Mean is not null)} means and intervals from the runs, {table.Cells.Count} verdicts from both: {Verdicts(table)}.");
            Console.WriteLine("The verdicts on the paper's sentences follow from the same files.");
            Console.WriteLine($"Hash of the whole: {bundle.Index.Sha256} (compare it with the published one: whoever can make a bundle can make another)");
            return ExitCodes.Success;
        }
        catch (ReproException fault)
        {
            return Refuse(file, fault.Message.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Split('\n').Where(line => line != CsvText.Advice).ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> ClaimFaults(string folder, IReadOnlyList<TableResults> tables)
    {
        var file = Path.Combine(folder, BundledClaims.File);
        if (!File.Exists(file))
        {
            yield return $"{BundledClaims.File} is missing: a bundle carries the verdicts on the paper's sentences.";
            yield break;
        }

        var (written, derived) = (File.ReadAllLines(file), BundledClaims.Of(Path.Combine(folder, "experiments"), tables).TrimEnd('\n').Split('\n'));
        var line = written.Zip(derived).TakeWhile(pair => pair.First == pair.Second).Count();
        if (line < Math.Max(written.Length, derived.Length))
            yield return $"{BundledClaims.File}:{line + 1}: \"{written.ElementAtOrDefault(line)?.Trim()}\", the results give \"{derived.ElementAtOrDefault(line)?.Trim()}\".";
    }

    private static string Verdicts(TableResults table) => string.Join(", ", table.Cells.GroupBy(cell => cell.Verdict).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}"));

    private static int Refuse(string file, IReadOnlyList<string> faults)
    {
        Console.Error.WriteLine($"{file} does not verify:");
        foreach (var fault in faults) Console.Error.WriteLine($"  {fault}");
        return ExitCodes.RegressionOrContradiction;
    }
}
