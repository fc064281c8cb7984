using Cmcd.Repro.Commands;
using Cmcd.Repro.Pipeline.Planning;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Mutations;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>Plan and Reproduce over the tiny experiments, in this process.</summary>
public sealed class ReproduceTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly TinyExperiments _experiments = new();
    private readonly RunOptions _options;

    public ReproduceTests() => _options = new(
        ExperimentRuns.All, "tiny", 1, null, "test", "cpu", 1, null,
        new(Repository.Root, _experiments.Path, Path.Combine(Repository.Experiments, "data"), _scratch.File("cache"), _scratch.Create("results")), "stages");

    public void Dispose()
    {
        _experiments.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void Everything_is_run_once_a_failing_table_stops_no_other_and_the_plans_error_is_told()
    {
        var (code, lines) = Shown(() => new ReproduceCommand(_options, default).Execute());

        Assert.Equal(ExitCodes.CouldNotRun, code);
        Assert.Equal(["Sick", "Small", "Big", "Gains"], lines.Where(line => line.Contains(", experiment ", StringComparison.Ordinal)).Select(line => line.Split(',')[0]));
        Assert.Contains("All: 5 runs from 7 distinct stages; 16 if every run made its own. 0 are stored, 7 are left.", lines);
        Assert.Contains(lines, line => line.StartsWith("Could not be timed: The loss became", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Made 5 stages in", StringComparison.Ordinal) && line.EndsWith("of 7 distinct ones, where every run by itself would have made 16. 1 failed.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  all         5 stages: estimated", StringComparison.Ordinal));
        Assert.Contains("Exit codes: Big 0, Gains 0, Sick 4, Small 0", lines);

        Assert.Equal((Verdict.NOT_TESTED, (double?)null), (Cell("Sick").Verdict, Cell("Sick").Mean));
        var (big, gains) = (TableResults.Read(Results("Big")), TableResults.Read(Results("Gains")));
        var (cmc, ssl, gain) = (big.Runs.Single(run => run.Row == "CMC+LE"), big.Runs.Single(run => run.Row == "SSL+LE"), gains.Runs.Single());
        Assert.NotEqual(cmc.Value, ssl.Value);   // else the test could not fail
        Assert.Equal(cmc.StageKey, TableResults.Read(Results("Small")).Runs.Single().StageKey);
        Assert.Equal((cmc.Value - ssl.Value, cmc.StageKey, $"{cmc.StageKey} {ssl.StageKey}"), (gain.Value, gain.StageKey, gain.ParentKeys));
        Assert.Equal(("top1 gain", "points", 5.0, (double?)null), (gains.Cells[0].Metric, gains.Cells[0].Unit, gains.Cells[0].PaperValue, gains.Cells[0].Delta));
        Assert.Empty(SentinelAudit.Of(gains));

        var runs = Path.Combine(Results("Gains"), "runs.csv");
        File.WriteAllText(runs, File.ReadAllText(runs).Replace($" {ssl.StageKey}", $" {cmc.StageKey}", StringComparison.Ordinal));
        Assert.Contains("the predictions of its two sides give 0.", Assert.Throws<ReproException>(() => TableResults.Read(Results("Gains"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_of_stored_stages_times_nothing_and_writes_nothing()
    {
        var work = ExperimentRuns.Open(_options with { Table = "Small" }, new RunSession(_options.Folders), default).Work();
        foreach (var stage in work.Stages) Pipeline.Planning.Planned.Store(_options.Folders.OpenStages(), stage.Key, 2);
        var before = Directory.EnumerateFileSystemEntries(_scratch.Path, "*", SearchOption.AllDirectories).Count();

        var (code, lines) = Shown(() => new PlanCommand(_options with { Table = "Small" }, default).Execute());

        Assert.Equal(0, code);
        Assert.Contains("Small: 1 run from 3 distinct stages, 3 if every run made its own", lines);
        Assert.Contains("  pretrain     1 stage: 1 stored", lines);
        Assert.Contains("Nothing is left to make.", lines);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_scratch.Path, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void An_experiment_whose_data_are_missing_is_planned_with_the_reason()
    {
        _experiments.Folder.Edit("tiers/tiny.json", """{ "kind": "dataset", "name": "fashion-sketch", "limit": 40 }""", """{ "kind": "unavailable", "reason": "the pairs were eaten" }""");

        var (code, lines) = Shown(() => new PlanCommand(_options with { Table = "Small" }, default).Execute());

        Assert.Equal(0, code);
        Assert.Contains("Small: nothing can be run; 1 run without data", lines);
        Assert.Contains("  no data for 1 run: the pairs were eaten", lines);
        Assert.Contains("Without data no step can be timed, so no time is given.", lines);
        Assert.Contains("  sketchy-pairs: the pairs were eaten", lines);
    }

    [Theory]
    [InlineData(0, 0, 0), InlineData(0, 0, 4), InlineData(4, 4, 4), InlineData(1, 1, 2), InlineData(3, 0, 1, 2, 3, 4), InlineData(2, 0, 2, 4)]
    public void The_worst_code_is_that_of_all(int expected, params int[] codes) => Assert.Equal(expected, ReproduceCommand.Worst(codes));

    [Fact]
    public void A_stopped_reproduction_keeps_what_is_finished()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => Shown(() => new ReproduceCommand(_options, stop.Token).Execute()));
    }

    [Fact]
    public void The_committed_experiments_run_in_an_order_in_which_each_ends_as_early_as_it_can()
    {
        var folders = new ProjectFolders(Repository.Root, Repository.Experiments, Path.Combine(Repository.Experiments, "data"), _scratch.File("cache"), _scratch.File("results"));
        var session = new RunSession(folders);
        ExperimentWork[] works = [.. ExperimentRuns.Ids(folders).Select(id => ExperimentRuns.Open(_options with { Table = id, Tier = "smoke", Folders = folders }, session, default).Work())];

        var order = ExperimentWork.InOrder(works);

        Assert.Equal(["Figure1", "GapSweep", "ReferenceLevels", "Table1", "Table2", "Table3", "Table4", "Table5"], order.Select(work => work.Id).Order(StringComparer.Ordinal));
        Assert.Equal(118, works.Where(work => work.Id.StartsWith("Table", StringComparison.Ordinal)).Sum(work => work.Runs.Count + work.Missing.Count));   // one run a printed cell
    }

    private CellRow Cell(string table) => CellsCsv.Read(Path.Combine(Results(table), "cells.csv")).Single();

    private string Results(string table) => Path.Combine(_options.Folders.Results, "tiny", table);

    private static (int Code, string[] Lines) Shown(Func<int> command)
    {
        var (code, text) = ApprovedCheckout.Captured(command);
        return (code, text.ReplaceLineEndings("\n").Split('\n'));
    }
}
