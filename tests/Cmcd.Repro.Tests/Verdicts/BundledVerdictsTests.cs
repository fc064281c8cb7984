using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

public class BundledVerdictsTests
{
    private static readonly TableExperiment Experiment = new ExperimentFiles(Repository.Experiments).Load("Table1", "mini");

    private static readonly TableResults True = Results(cell => cell);

    [Fact]
    public void What_the_runs_give_has_no_fault() => Assert.Empty(BundledVerdicts.Faults(Experiment, True));

    [Fact]
    public void Each_untrue_word_of_a_cell_is_named()
    {
        Said("verdict is REPRODUCED", cell => cell with { Verdict = Verdict.REPRODUCED });
        Said("verdict is CONTRADICTED", cell => cell with { Verdict = Verdict.CONTRADICTED });
        Said("verdict is NOT_TESTED (because)", cell => cell with { Reason = "because" });
        Said("paper_value is 12, the printed number is 73.24", cell => cell with { PaperValue = 12 });
        Said("paper_value is , the", cell => cell with { PaperValue = null });
        Said("delta is 3, mean and printed number give", cell => cell with { Delta = 3 });
        Said("stands in no row and column", cell => cell with { Row = "CMX+LE" });
        Said("CMC+LE on Sketchy is missing", cell => cell with { Column = "Other" });
        Said("its runs give NOT_TESTED", cell => cell with { Verdict = Verdict.UNAVAILABLE });

        static void Said(string fault, Func<CellRow, CellRow> change) => Assert.Contains(
            BundledVerdicts.Faults(Experiment, Results(cell => cell.Row == "CMC+LE" && cell.Column == "Sketchy" ? change(cell) : cell)),
            said => said.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cell_whose_data_are_missing_can_only_be_unavailable()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("tiers/mini.json", "\"nyu-eval\": { \"kind\": \"dataset\", \"name\": \"rooms\" }", "\"nyu-eval\": { \"kind\": \"unavailable\", \"reason\": \"no rooms\" }");
        var faults = BundledVerdicts.Faults(folder.Files.Load("Table1", "mini"), True).ToArray();
        Assert.Equal(15, faults.Count(fault => fault.EndsWith("its runs give UNAVAILABLE (no rooms).", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_run_that_failed_keeps_its_own_reason() => Assert.Empty(BundledVerdicts.Faults(
        Experiment, Results(cell => cell.Row == "CMC+LE" && cell.Column == "Sketchy" ? cell with { Mean = null, Seeds = 0, Reason = "it diverged" } : cell)));

    private static TableResults Results(Func<CellRow, CellRow> change)
    {
        var cells =
            from row in Experiment.Rows
            from column in Experiment.Columns
            let made = Experiment.Cell(row.Id, column.Id)
            let reason = Experiment.Tier.Roles[made.Downstream] is UnavailableRole role ? role.Reason : null
            select new CellRow(
                "Table1", row.Id, column.Id, row.Protocol.ToString(), made.Metric, made.Unit, "mini", 1, reason is null ? 50 : null, null, null, null,
                Experiment.Printed(row.Id, column.Id), null, reason is null ? Verdict.NOT_TESTED : Verdict.UNAVAILABLE,
                reason ?? "mini data stand in for the paper's: the printed value is not comparable");
        return Made.Table() with { Cells = [.. cells.Select(change)] };
    }
}
