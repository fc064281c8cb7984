using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

public class CellEvidenceTests
{
    private static readonly TableResults Table = Made.Table(("CMC+LE", [(0, Made.First(120)), (1, Made.First(124))]), ("CMC+FT", [(0, Made.First(100))]), ("Sup+FT", []));

    [Fact]
    public void Evidence_holds_runs_chain_and_the_settings_of_its_row_only()
    {
        var evidence = CellEvidence.Of(Table, Table.Cells[0]);

        Assert.Equal(["120 of 200 right", "124 of 200 right"], evidence.Runs.Select(run => run.Counted));
        Assert.Equal(["teacher", "CMC+LE-1"], evidence.Runs[1].Chain.Select(stage => stage.Key));
        Assert.Equal(["teacher", "CMC+LE-0", "CMC+LE-1"], evidence.Stages.Select(stage => stage.Key));
        Assert.Equal(["id", "split", "step3.epochs", "step3.milestones", "student.precision", "teacher.precision"], evidence.Settings.Keys.Order());
        Assert.Equal("[0.5, 0.75]", evidence.Settings["step3.milestones"]);
    }

    [Fact]
    public void The_commands_to_redo_it_name_everything_that_changes_bits() => Assert.Equal(
        ["git checkout abc", "./build.sh --target=Table1 --tier=mini --seeds=2 --init=source --device=cpu --threads=2 --precision=fp32"], CellEvidence.Of(Table, Table.Cells[0]).Redo());

    [Fact]
    public void A_cell_without_runs_has_settings_and_no_stages()
    {
        var evidence = CellEvidence.Of(Table, Table.Cells[2]);
        Assert.Empty(evidence.Stages);
        Assert.NotEmpty(evidence.Settings);
    }

    [Fact]
    public void A_lost_parent_is_named()
    {
        var broken = Table with { Manifest = Table.Manifest with { Stages = [.. Table.Manifest.Stages.Where(stage => stage.Key != "teacher")] } };
        Assert.Contains("reads stage teacher, which is not listed", Assert.Throws<ReproException>(() => CellEvidence.Of(broken, broken.Cells[0])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Table1/CMC+LE/Sketchy", "CMC+LE"), InlineData("table1/cmc+ft/sketchy", "CMC+FT"), InlineData("Table1/CMC+LE/Sketchy/LE", "CMC+LE")]
    [InlineData("Table1/CMC/Sketchy/FT", "CMC+FT"), InlineData("Table1/Sup/Sketchy", "Sup+FT")]
    public void A_cell_is_found_by_its_name(string address, string row) => Assert.Equal(row, CellSearch.Find([Table], address).Cell.Row);

    [Theory]
    [InlineData("Table1/CMC/Sketchy", "Table1 has 2 rows of CMC: CMC+LE, CMC+FT. The protocol is part of the row: Table1/CMC+LE/Sketchy.")]
    [InlineData("Table1/CMD+LE/Sketchy", "There is no row \"CMD+LE\" in Table1. Did you mean CMC+LE? It has: CMC+LE, CMC+FT, Sup+FT.")]
    [InlineData("Table1/CMC+LE/Skechy", "There is no column \"Skechy\" in Table1. Did you mean Sketchy? It has: Sketchy.")]
    [InlineData("Table7/CMC+LE/Sketchy", "There is no table \"Table7\" in tier mini. Did you mean Table1? It has: Table1.")]
    [InlineData("Table1/CMC+LE/Sketchy/FT", "There is no row \"CMC+LE\" with protocol \"FT\" in Table1.")]
    [InlineData("Table1", "\"Table1\" is not table/row/column, as in Table1/CMC+LE/Sketchy.")]
    [InlineData("a/b/c/d/e", "is not table/row/column")]
    public void Another_name_is_refused_with_what_is_there(string address, string message) =>
        Assert.Contains(message, Assert.Throws<ReproException>(() => CellSearch.Find([Table], address)).Message, StringComparison.Ordinal);
}
