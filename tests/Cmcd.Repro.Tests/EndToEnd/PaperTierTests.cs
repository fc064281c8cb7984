using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.EndToEnd;

public class PaperTierTests
{
    [Fact]
    public void Nothing_of_it_can_be_measured_yet_and_every_cell_says_why()
    {
        using var folder = new ScratchFolder();
        var outcome = SmokeRun.Start(["run", "Table1", "--tier=paper", $"--cache={folder.Create("cache")}", $"--results={folder.Create("results")}"], _ => false);

        Assert.Equal(4, outcome.ExitCode);
        var cells = CellsCsv.Read(Path.Combine(folder.Path, "results", "paper", "Table1", "cells.csv"));
        Assert.Equal(60, cells.Count);
        Assert.All(cells, cell => Assert.Equal((Verdict.UNAVAILABLE, true), (cell.Verdict, cell.Reason.Contains("by this version", StringComparison.Ordinal))));
    }
}
