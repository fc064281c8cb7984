using Cmcd.Repro.Experiments;
using Cmcd.Repro.Reports;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Reports;

/// <summary>Table 1 as results would hold it: two columns measured over three seeds, two without data; every verdict among cells and claims.</summary>
internal static class SampleReport
{
    private static readonly Verdict[] Verdicts = Enum.GetValues<Verdict>();

    public static ReportInput Input(int seeds = 3, ExperimentFiles? files = null)
    {
        using var folder = new ScratchFolder();
        var experiment = (files ?? new ExperimentFiles(ExperimentFolder.Committed)).Load("Table1", "mini");
        var results = TableResults.Read(WriteResults(folder.Path, experiment, seeds));
        var stages = results.Manifest.Stages.Select(stage => stage with { Parents = ["teacher"], Sentinels = new Dictionary<string, string> { ["sentinel.frozen-encoder"] = "af06" } });
        var teacher = new ManifestStage("pretrain teacher on imagenet, seed 0", "pretrain", 2, "teacher", [], "cached", 61.25, [5.5, 4.25, 4.125], new Dictionary<string, string>());
        return new(
            [(results with
            {
                Cells = [.. results.Cells.Select((cell, i) => cell with { Verdict = Verdicts[i % Verdicts.Length], Reason = FormattableString.Invariant($"reason of cell {i}"), PaperValue = experiment.Printed(cell.Row, cell.Column) })],
                Manifest = results.Manifest with { Stages = [teacher, .. stages] },
            }, experiment)],
            [.. Verdicts.Select((verdict, i) => new ClaimVerdict(
                FormattableString.Invariant($"H{i + 1}"), FormattableString.Invariant($"claim number {i + 1}"), "section 4.1", "mini", verdict, i == 0 ? null : 1.375 * i, i == 0 ? null : 0.625 * i,
                i == 0 ? null : 2.125 * i, "points", FormattableString.Invariant($"reason of claim {i + 1}"), [new("Table1", "CMC+LE", "Sketchy", "LE"), new("Table3", "CMC+LE", "4x", "LE")]))],
            PaperAudit.Run(ClaimsFile.Read(ExperimentFolder.Committed), PaperNumbers.Read(ExperimentFolder.Committed)),
            File.ReadAllText(Path.Combine(ExperimentFolder.Committed, "deviations.md")), File.ReadAllText(Path.Combine(ExperimentFolder.Committed, "data", "README.md")));
    }

    /// <summary>Writes the table's result files; their verdicts are all NOT_TESTED.</summary>
    public static string WriteResults(string folder, TableExperiment experiment, int seeds) =>
        ResultFolder.Write(folder, [.. experiment.Rows.SelectMany((row, r) => experiment.Columns.Select((column, c) =>
            (row.Id, column.Id, c > 1 ? [] : Enumerable.Range(0, seeds).Select(seed => 40.0 + (2.5 * r) - (10 * c) + (0.5 * (seed * (r + 1) % 4))).ToArray())))]);

    /// <summary>Writes both files and reads them back.</summary>
    public static (string Page, string Json) Write(ReportInput input)
    {
        using var folder = new ScratchFolder();
        Report.Write(input, folder.Path);
        return (File.ReadAllText(folder.File(Report.PageFile)), File.ReadAllText(folder.File(Report.FactsFile)));
    }

    /// <summary>Changes the results of its only table.</summary>
    public static ReportInput With(this ReportInput input, Func<TableResults, TableResults> change) =>
        input with { Tables = [(change(input.Tables[0].Results), input.Tables[0].Experiment)] };
}
