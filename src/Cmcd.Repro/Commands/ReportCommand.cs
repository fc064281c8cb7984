using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Reports;
using Cmcd.Repro.Results;
using Cmcd.Repro.Results.Gap;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Commands;

/// <summary>Everything measured in a tier → one page and one file of facts. Needs no data, no libtorch and no network.</summary>
internal static class ReportCommand
{
    /// <param name="folders">Where the project's files lie.</param>
    /// <param name="tier">Subfolder of results.</param>
    /// <param name="strict">Let the verdicts decide the exit code; otherwise a report that was made is a success, whatever it says.</param>
    public static int Execute(ProjectFolders folders, string tier, bool strict)
    {
        var tables = TableResults.ReadTier(folders.Results, tier).Select(table => Staleness.Mark(table, ApprovedFiles.CurrentVersions)).ToArray();
        var experiments = new ExperimentFiles(folders.Experiments);
        var sentences = ClaimsFile.Read(folders.Experiments);
        var claims = ClaimVerdicts.Judge(sentences, tables);
        var input = new ReportInput(
            [.. tables.Where(table => !GapFiles.Holds(folders.Experiments, table.Table)).Select(table => (table, experiments.Load(table.Table, table.Tier)))], claims, PaperAudit.Run(sentences, PaperNumbers.Read(folders.Experiments)),
            TextOf(Path.Combine(folders.Experiments, "deviations.md")), TextOf(Path.Combine(folders.Experiments, "data", "README.md")));
        input = input with { Gaps = [.. tables.Where(table => GapFiles.Holds(folders.Experiments, table.Table)).Select(table => LevelsOf(folders.Experiments, table))] };
        var folder = Path.Combine(folders.Results, tier);
        Report.Write(input, folder);

        IReadOnlyList<Verdict> verdicts = [.. tables.SelectMany(table => table.Cells).Select(cell => cell.Verdict), .. claims.Select(claim => claim.Verdict)];
        Console.WriteLine($"Tier {tier}: {string.Join(", ", verdicts.GroupBy(verdict => verdict).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}"))}.");
        foreach (var path in Report.FilesIn(folder))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Written: {Path.GetRelativePath(Directory.GetCurrentDirectory(), path)} ({new FileInfo(path).Length:N0} bytes)"));
        }

        return strict ? Strict(verdicts) : ExitCodes.Success;
    }

    /// <summary>A verdict of another version decides nothing, and where nothing was tested nothing holds.</summary>
    internal static int Strict(IReadOnlyList<Verdict> verdicts) =>
        verdicts.Contains(Verdict.CONTRADICTED) ? ExitCodes.RegressionOrContradiction
        : verdicts.Contains(Verdict.INCONCLUSIVE) || verdicts.Contains(Verdict.STALE) ? ExitCodes.Inconclusive
        : verdicts.Contains(Verdict.REPRODUCED) ? ExitCodes.Success
        : ExitCodes.NothingMeasured;

    private static (GapExperiment Experiment, IReadOnlyList<GapRow> Levels) LevelsOf(string experiments, TableResults table)
    {
        var experiment = GapFiles.Load(experiments, table.Table, table.Tier);
        var file = Path.Combine(table.Folder, GapCsv.LevelsFile);
        if (!File.Exists(file)) throw new ReproException($"{file} is missing: the figure of {table.Table} is drawn from it. {CsvText.Advice}");
        return (experiment, GapCsv.ReadLevels(file, [.. experiment.Outcomes.Select(outcome => $"{outcome.Scale}")]));
    }

    private static string TextOf(string file) => File.Exists(file) ? File.ReadAllText(file) : throw new ReproException($"{file} is missing: the report shows it. Restore it from version control.");
}
