using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

public class SeedInferenceTests
{
    /// <summary>Oracle: scipy.stats.ttest_1samp of the differences, alternative greater, and its confidence_interval, SciPy 1.10.1.</summary>
    [Theory]
    [InlineData(0.0, 0.013135504439852341)]
    [InlineData(1.0, 0.03170709420915302)]
    [InlineData(4.0, 0.9529108136578384)]
    public void One_sided_p_is_that_of_the_paired_t_test(double by, double p)
    {
        var estimate = SeedInference.Difference(BySeed(65.0, 66.0, 64.5), BySeed(63.0, 62.5, 62.0), by);

        Assert.Equal(2.666666666666667, estimate.Value, 9);
        Assert.Equal(0.7693751497969343, estimate.Low, 8);
        Assert.Equal(4.563958183536399, estimate.High, 8);
        Assert.Equal(p, estimate.PAbove, 8);
        Assert.Equal(1, estimate.PAbove + estimate.PBelow, 9);
    }

    [Fact]
    public void Equal_differences_are_no_certainty()
    {
        var estimate = SeedInference.Difference(BySeed(65, 66), BySeed(64, 65), 0);

        Assert.True(estimate.Low < 1 && estimate.High > 1 && estimate.PAbove > 0);
    }

    [Fact]
    public void Seeds_of_one_side_only_are_left_out() =>
        Assert.Equal(2.0, SeedInference.Difference(BySeed(65, 66, 99), BySeed(63, 64), 0).Value, 9);

    [Fact]
    public void Seeds_to_decide_grow_as_the_difference_shrinks()
    {
        var clear = SeedInference.SeedsToDecide(new(2, 0, 4, 1, 0, 1), 0);
        var faint = SeedInference.SeedsToDecide(new(0.2, 0, 4, 1, 0, 1), 0);

        Assert.True(clear < faint);
        Assert.Null(SeedInference.SeedsToDecide(new(0, 0, 4, 1, 0, 1), 0));
    }

    private static Dictionary<long, double> BySeed(params double[] values) =>
        values.Select((value, seed) => (value, seed)).ToDictionary(pair => (long)pair.seed, pair => pair.value);
}
