using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Results.Gap;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Verdicts.Gap;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Tests.Verdicts.Gap;

public class GapSummaryTests
{
    private static readonly GapExperiment Experiment = GapFiles.Load(Repository.Experiments, "GapSweep", "mini");

    private static readonly double[] Distances = [0.1, 0.2, 0.15, 0.4, 0.5, 0.45, 0.7, 0.9];

    [Theory]
    [InlineData(1, "positive"), InlineData(-1, "negative")]
    public void Outcome_that_goes_with_the_distance_has_its_sign_beyond_the_seeds(int sign, string found)
    {
        var line = Line(Rows("mismatch", (level, seed) => (sign * 50 * Distances[level]) + seed), "tv.e4");

        Assert.Equal((sign, sign, sign, found, "positive", 5), ((int)line.Value, (int)line.Low!, (int)line.High!, line.Found, line.Predicted, line.Seeds));
    }

    [Fact]
    public void Value_is_Spearmans_of_the_levels_means_over_seeds()
    {
        double Outcome(int level, long seed) => (((level * 7) + ((int)seed * 3)) % 11) + (0.1 * level);
        var means = Enumerable.Range(0, 8).Select(level => Enumerable.Range(0, 5).Average(seed => Outcome(level, seed))).ToArray();
        var line = Line(Rows("mismatch", Outcome), "tv.e4");

        Assert.Equal(RankCorrelation.Spearman(Distances, means).Value, line.Value, 1e-12);
        Assert.True(line.Low < line.Value && line.Value < line.High);
    }

    [Fact]
    public void Seeds_that_disagree_leave_the_sign_open()
    {
        var line = Line(Rows("mismatch", (level, seed) => (seed % 2 == 0 ? 1 : -1.4) * Distances[level]), "tv.e4");
        Assert.Equal("open", line.Found);
    }

    [Fact]
    public void One_seed_has_no_interval()
    {
        var line = Line([.. Rows("mismatch", (level, _) => level).Where(row => row.Seed == 0)], "tv.e4");
        Assert.Equal((null, null, "open", 1), (line.Low, line.High, line.Found, line.Seeds));
    }

    [Fact]
    public void References_are_no_estimators_and_what_stands_still_has_no_line()
    {
        var quantities = GapSummary.Of(Experiment, Rows("mismatch", (level, _) => level)).Select(line => line.Quantity).Distinct();
        Assert.Equal(["tv.e4"], quantities);
    }

    [Fact]
    public void Control_has_no_prediction() =>
        Assert.Equal("none", Line(Rows("appearance", (level, _) => level), "tv.e4").Predicted);

    [Theory]
    [InlineData(-0.5), InlineData(-1)]
    public void Power_law_in_the_pairs_is_found_with_its_exponent(double exponent)
    {
        var counts = Experiment.Knobs.Single(knob => knob.Dial == GapDial.Pairs).Levels;
        var rows = Rows("pairs", (level, _) => level).Select(row => row with
        {
            Setting = counts[row.Level - 1],
            Measures = new Dictionary<string, double> { ["kl.pairs"] = 0.3, ["kl.held"] = 0.3 + (4 * Math.Pow(counts[row.Level - 1], exponent) * (1 + (0.01 * row.Seed))) },
        }).ToArray();
        var lines = GapSummary.Of(Experiment, rows);

        var slope = lines.Single(line => line.Statistic == "slope");
        Assert.Equal(exponent, slope.Value, 1e-9);
        Assert.Equal((exponent, exponent, "negative"), (Math.Round(slope.Low!.Value, 9), Math.Round(slope.High!.Value, 9), slope.Found));
        Assert.All(lines.Where(line => line.Statistic == "spearman"), line => Assert.Equal("setting", line.Quantity));
    }

    [Fact]
    public void A_level_without_a_seed_is_refused() => Assert.Equal(
        "Level 3 of mismatch has 4 of 5 seeds. (Parameter 'rows')",
        Assert.Throws<ArgumentException>(() => GapSummary.Of(Experiment, [.. Rows("mismatch", (level, _) => level).Where(row => (row.Level, row.Seed) != (3, 2))])).Message);

    [Theory]
    [InlineData(GapScale.ExcessRisk, 20), InlineData(GapScale.Points, 10), InlineData(GapScale.ErrorReduction, 20), InlineData(GapScale.Relative, 20)]
    public void Scales_of_sixty_percent_over_fifty_under_eighty(GapScale scale, double expected) => Assert.Equal(expected, GapOutcomes.Of(scale, 60, 50, 80), 1e-12);

    private static GapCorrelation Line(IReadOnlyList<GapRow> rows, string quantity) =>
        GapSummary.Of(Experiment, rows).Single(line => line.Quantity == quantity && line.Outcome == nameof(GapScale.ExcessRisk));

    /// <summary>One method, eight levels, five seeds; only excess risk moves.</summary>
    private static GapRow[] Rows(string knob, Func<int, long, double> excess) => [.. from level in Enumerable.Range(0, 8)
                                                                                      from seed in Enumerable.Range(0, 5)
                                                                                      select new GapRow(
                                                                                          knob, level + 1, level, seed, "CMD", "LE", 50,
                                                                                          Experiment.Outcomes.ToDictionary(outcome => $"{outcome.Scale}", outcome => outcome.Scale == GapScale.ExcessRisk ? excess(level, seed) : 1),
                                                                                          new Dictionary<string, double> { ["tv.e4"] = Distances[level], ["tv.e4.shuffled"] = level, ["tv.e2.null"] = level, ["tv.still"] = 0.5, ["kl.pairs"] = 1, ["kl.held"] = 1 })];
}
