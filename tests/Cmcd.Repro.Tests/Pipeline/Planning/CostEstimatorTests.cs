using Cmcd.Repro.Caching;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Pipeline.Planning;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Pipeline.Planning;

/// <summary>The estimate's arithmetic, with made-up timings and records.</summary>
public sealed class CostEstimatorTests : IDisposable
{
    private static readonly Dictionary<string, string> Here = new() { ["cpu"] = "this one", ["cores"] = "2" };
    private static readonly Dictionary<string, string> Elsewhere = new() { ["cpu"] = "another", ["cores"] = "2" };

    private readonly ScratchFolder _folder = new();
    private readonly List<string> _timed = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0.5, 0.01, 0.5)]
    [InlineData(200, 0.5, 0.01, 2.5)]
    public void A_stage_takes_its_updates_and_the_rest(int updates, double rest, double update, double seconds) =>
        Assert.Equal(seconds, new StageTiming(rest, update).Of(updates), 12);

    [Fact]
    public void Stages_that_differ_in_seed_and_length_only_are_timed_once()
    {
        var estimator = Estimator();

        Assert.Equal(1 + 100, estimator.Of(Distill(seed: 0, epochs: 10) with { Updates = 100 }).Seconds);
        Assert.Equal(1 + 300, estimator.Of(Distill(seed: 7, epochs: 30) with { Updates = 300 }).Seconds);
        Assert.Equal(1 + 100, estimator.Of(Distill(seed: 0, epochs: 10, batch: 32) with { Updates = 100 }).Seconds);
        Assert.Equal(1 + 100, estimator.Of(Distill(seed: 0, epochs: 10) with { Updates = 100, Data = "other" }).Seconds);
        Assert.Equal((3, 3), (_timed.Count, estimator.Timed));
    }

    [Fact]
    public void An_equal_stage_that_this_machine_stored_is_preferred_the_median_of_several()
    {
        foreach (var (seed, seconds) in new[] { (1, 20.0), (2, 22.0), (3, 90.0) }) Planned.Store(Store(Here), Distill(seed, 10).Key, seconds);
        Planned.Store(Store(Elsewhere), Distill(4, 10).Key, 500);
        Planned.Store(Store(Here), Distill(5, 20).Key, 700);   // another length

        Assert.Equal(new StageEstimate(22, EstimateOrigin.Recorded, ""), Estimator().Of(Distill(seed: 0, epochs: 10)));
        Assert.Empty(_timed);
    }

    [Fact]
    public void A_stage_on_other_data_or_of_another_machine_says_nothing()
    {
        Planned.Store(Store(Elsewhere), Distill(1, 10).Key, 500);
        Planned.Store(Store(Here), StageKey.Of("distill", 1, Settings(1, 10, 64), ("data", "d2")), 500);

        Assert.Equal(EstimateOrigin.Timed, Estimator().Of(Distill(seed: 0, epochs: 10)).Origin);
    }

    [Fact]
    public void A_stage_that_fails_when_it_is_timed_has_no_estimate_and_says_why()
    {
        var estimator = new CostEstimator(Store(Here), Here, _ => throw new DivergedException(1, 2, double.NaN, 0));

        var estimate = estimator.Of(Distill(0, 10));
        Assert.Null(estimate.Seconds);
        Assert.StartsWith("The loss became NaN at epoch 1", estimate.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plans_error_is_told_by_kind_and_for_all_and_leaves_out_what_was_stored()
    {
        var (a, b, c) = (Planned.Stage("LE of a", new { a = 1 }), Planned.Stage("LE of b", new { b = 1 }), Planned.Stage("FT of c", new { c = 1 }));
        StageOutput[] outputs = [Output(a, 12, cached: false), Output(b, 99, cached: true), Output(c, 30, cached: false), Output(c, 30, cached: false)];

        var errors = EstimateError.Of(new Dictionary<string, double> { [a.Key.Hash] = 10, [b.Key.Hash] = 10, [c.Key.Hash] = 40 }, outputs);

        Assert.Equal([new("LE", 1, 10, 12), new("FT", 1, 40, 30), new(EstimateError.All, 2, 50, 42)], errors);
        Assert.Equal([20, -25, -16], errors.Select(error => error.Percent));
        Assert.Empty(EstimateError.Of(new Dictionary<string, double>(), outputs));
    }

    private CostEstimator Estimator() => new(Store(Here), Here, stage =>
    {
        _timed.Add(stage.Title);
        return new(1, 1);
    });

    private StageStore Store(IReadOnlyDictionary<string, string> machine) => new(_folder.File("stages"), TimeProvider.System, machine);

    private static Stage Distill(long seed, int epochs, int batch = 64) =>
        Planned.Stage($"distill CMC, seed {seed}", Settings(seed, epochs, batch)) with { Data = "d1" };

    private static object Settings(long seed, int epochs, int batch) => new { settings = new { Epochs = epochs, BatchSize = batch }, conditions = new Conditions("mini", seed, "cpu", 2) };

    private static StageOutput Output(Stage stage, double seconds, bool cached) => new(
        stage, "", new("x", stage.Key.Hash, 1, new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, object>(), [], seconds, new Dictionary<string, string>(), default), cached, "");
}
