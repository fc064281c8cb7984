using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Cmcd.Repro.Tests.Pipeline;

/// <summary>What several tables show is measured once: cells of the same settings and data have one key, whichever table asks.</summary>
public sealed class SharedStagesTests : IDisposable
{
    private static readonly string[] Shares = ["5", "10", "20", "40", "60", "80", "100"];
    private readonly ScratchFolder _folder = new();
    private readonly ITestOutputHelper _output;
    private readonly DatasetCatalogue _data;

    public SharedStagesTests(ITestOutputHelper output)
    {
        _output = output;
        _data = new(Path.Combine(ExperimentFolder.Committed, "data"), _folder.Create("generated"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Table3", "ResNet18", "ResNet50(1x)", "CMC+LE", "TUBerlin")]
    [InlineData("Table4", "CMKD+LE", "n=60", "CMKD+LE", "TUBerlin")]
    [InlineData("Table4", "Ours+LE", "n=60", "CMC+LE", "TUBerlin")]
    [InlineData("Table4", "Sup+FT", "n=60", "Sup+FT", "TUBerlin")]
    [InlineData("Table4", "CMKD+FT", "n=60", "CMKD+FT", "TUBerlin")]
    [InlineData("Table4", "Ours+FT", "n=60", "CMC+FT", "TUBerlin")]
    [InlineData("Table5", "Sketchy+LE", "lambda=0", "CMD+LE", "Sketchy")]
    [InlineData("Table5", "Sketchy+FT", "lambda=1", "CMC+FT", "Sketchy")]
    [InlineData("Table5", "TUBerlin+FT", "lambda=0", "CMD+FT", "TUBerlin")]
    [InlineData("Table5", "TUBerlin+LE", "lambda=1", "CMC+LE", "TUBerlin")]
    [InlineData("Figure1", "CMC+LE", "Sketchy 100%", "CMC+LE", "Sketchy")]
    [InlineData("Figure1", "CMD@updates+LE", "TUBerlin 100%", "CMD+LE", "TUBerlin")]
    [InlineData("Figure1", "PreSSL+LE", "TUBerlin 100%", "PreSSL+LE", "TUBerlin")]
    [InlineData("Figure1", "PreSSL@updates+LE", "Sketchy 100%", "PreSSL+LE", "Sketchy")]
    [InlineData("ReferenceLevels", "Sup+FT", "Sketchy", "Sup+FT", "Sketchy")]
    public void A_cell_that_two_tables_share_is_one_stage(string table, string row, string column, string ofTable1, string onColumn)
    {
        foreach (var tier in (string[])["smoke", "mini"]) Assert.Equal(Of("Table1", ofTable1, onColumn, tier).Key, Of(table, row, column, tier).Key);
    }

    [Theory]
    [InlineData("LE gain", "CMD+LE", "SSL+LE")]
    [InlineData("FT gain", "CMD+FT", "Sup+FT")]
    public void Table_2s_gains_come_from_table_1s_own_stages(string row, string of, string over)
    {
        foreach (var column in (string[])["Sketchy", "TUBerlin"])
        {
            var table = new ExperimentFiles(ExperimentFolder.Committed).Load("Table2", "mini");
            var run = table.Runs([0], table.Inits).Single(run => run.Row.Id == row && run.Column.Id == column);
            var ends = new ReproductionPipeline(table, _data, "cpu", 1, "test").EndsOf(run);

            Assert.Equal([Of("Table1", of, column, "mini").Key, Of("Table1", over, column, "mini").Key], ends.Select(end => end.Key));
            Assert.Equal([Of("Table1", of, column, "mini").Title, Of("Table1", over, column, "mini").Title], ends.Select(end => end.Title));
        }
    }

    [Fact]
    public void Table_2s_distance_is_between_table_1s_teacher_and_its_ssl_student()
    {
        var stage = Of("Table2", "TV distance", "TUBerlin", "mini");
        Assert.Equal(
            [Of("Table1", "CMC+LE", "TUBerlin", "mini").Parents[0].Parents[0].Key, Of("Table1", "SSL+LE", "TUBerlin", "mini").Parents[0].Key], stage.Parents.Select(parent => parent.Key));
    }

    [Fact]
    public void Every_other_cell_of_the_new_tables_is_a_stage_of_its_own()
    {
        var keys = Runs("mini", [0]).Where(run => run.Table is "Table3" or "Table4" or "Table5" or "Figure1")
            .GroupBy(run => run.Stage.Key.Hash).Where(same => same.Count() > 1).SelectMany(same => same).Select(run => run.Cell);

        // The 100 % cells of both arms, and what they share with λ = 0 and 1, n = all and the 1x teacher.
        Assert.All(keys, cell => Assert.Matches(@"100%|lambda=[01]$|n=60|1x", cell));
    }

    [Fact]
    public void Fewer_stages_run_than_cells_alone_would_need()
    {
        var runs = Runs("mini", [0]).ToArray();
        var naive = runs.Sum(run => Chain(run.Stage).Count());
        var distinct = runs.SelectMany(run => Chain(run.Stage)).DistinctBy(stage => stage.Key.Hash).Count();

        _output.WriteLine($"{runs.Length} runs of one seed: {naive} stages if each ran its own chain, {distinct} distinct ones.");
        Assert.Equal(runs.SelectMany(run => Chain(run.Stage)).Select(stage => stage.Key).Distinct().Count(), distinct);
        Assert.InRange(distinct, 1, naive / 2);
    }

    [Fact]
    public void Equal_updates_are_those_of_all_pairs_and_equal_epochs_are_fewer()
    {
        var whole = Settings("CMC+LE", "Sketchy 100%");
        foreach (var share in Shares[..^1])
        {
            Assert.False(Settings("CMC+LE", $"Sketchy {share}%").ContainsKey("updates"));
            foreach (var method in (string[])["CMC", "PreSSL"])
                Assert.Equal(Updates(whole), int.Parse(Settings($"{method}@updates+LE", $"Sketchy {share}%")["updates"], System.Globalization.CultureInfo.InvariantCulture));
        }

        IReadOnlyDictionary<string, string> Settings(string row, string column) => Of("Figure1", row, column, "mini").Parents[0].Key.Settings;

        int Updates(IReadOnlyDictionary<string, string> settings) => int.Parse(settings["settings.Epochs"], System.Globalization.CultureInfo.InvariantCulture)
            * (_data.Pairs("fashion-sketch").Target.Count / int.Parse(settings["settings.BatchSize"], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_share_that_leaves_less_than_one_batch_is_refused_with_the_smallest_that_would_do()
    {
        using var folder = new ExperimentFolder();
        var text = folder.Read("tiers/smoke.json");
        var (start, end) = (text.IndexOf("    // 5 % of 256", StringComparison.Ordinal), text.IndexOf("    \"Table3\"", StringComparison.Ordinal));
        folder.Write("tiers/smoke.json", text[..start] + text[end..]);
        var table = folder.Files.Load("Figure1", "smoke");
        var run = table.Runs([0], [Initialisation.Source]).First(run => run.Row.Id == "CMC+LE" && run.Column.Id == "Sketchy 5%");

        Assert.Equal(
            "Figure1, CMC+LE, Sketchy 5%: pairShare 0.05 of sketchy-pairs leaves 52 of 1,024 pairs, fewer than one batch of 64. Allowed: a share of about 0.063 or more. "
            + "Ask for more, lower that column's batchSize in the tier, or raise the limit of this data set there.",
            Assert.Throws<ReproException>(() => new ReproductionPipeline(table, _data, "cpu", 1, "test").Of(run)).Message);
    }

    private Stage Of(string table, string row, string column, string tier) => Stages(table, tier, [0], run => run.Row.Id == row && run.Column.Id == column).Single().Stage;

    private IEnumerable<(string Table, string Cell, Stage Stage)> Runs(string tier, long[] seeds) =>
        new ExperimentFiles(ExperimentFolder.Committed).Tables().SelectMany(table => Stages(table, tier, seeds, _ => true).Select(run => (table, $"{table}/{run.Run.Row.Id}/{run.Run.Column.Id}", run.Stage)));

    private IEnumerable<(PlannedRun Run, Stage Stage)> Stages(string table, string tier, long[] seeds, Func<PlannedRun, bool> wanted)
    {
        var experiment = new ExperimentFiles(ExperimentFolder.Committed).Load(table, tier);
        var pipeline = new ReproductionPipeline(experiment, _data, "cpu", 1, "test");
        return experiment.Runs(seeds, experiment.Inits).Where(run => run.UnavailableReason is null && wanted(run)).Select(run => (run, pipeline.Of(run)));
    }


    private static IEnumerable<Stage> Chain(Stage stage) => stage.Parents.SelectMany(Chain).Append(stage);
}
