using CsCheck;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Tests.Verdicts.Statistics;

/// <summary>What must hold of the statistics whatever the numbers are.</summary>
public class StatisticsTests
{
    private static readonly double[] Even = [.. Enumerable.Range(0, 100).Select(item => item % 2 == 0 ? 100.0 : 0)];

    [Fact]
    public void Holm_never_falls_below_the_value_and_keeps_the_order() => Gen.Double[0, 1].Array[1, 20].Sample(p =>
    {
        var adjusted = Holm.Adjust(p);
        for (var i = 0; i < p.Length; i++)
        {
            Assert.InRange(adjusted[i], p[i], Math.Min(1, p[i] * p.Length) + 1e-12);
            for (var j = 0; j < p.Length; j++) Assert.True(p[i] > p[j] || adjusted[i] <= adjusted[j]);
        }
    });

    [Theory]
    [InlineData(-0.1), InlineData(1.1), InlineData(double.NaN)]
    public void Holm_refuses_what_is_no_p_value(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => Holm.Adjust([0.5, value]));

    /// <summary>The trap that the margin is built against.</summary>
    [Fact]
    public void Noisier_runs_make_neither_answer_easier() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[0.01, 3], Gen.Double[1, 4], Gen.Int[2, 10], Gen.Double[0.1, 3]).Sample((difference, std, factor, seeds, margin) =>
        {
            var (quiet, noisy) = (Equivalence.Test(50 + difference, std, seeds, 50, margin), Equivalence.Test(50 + difference, std * factor, seeds, 50, margin));
            Assert.True(noisy.PEquivalent > 0.05 || quiet.PEquivalent <= noisy.PEquivalent + 1e-12);
            Assert.True(noisy.PDifferent > 0.05 || quiet.PDifferent <= noisy.PDifferent + 1e-12);
        });

    [Fact]
    public void A_margin_knows_only_the_printed_number_its_test_set_and_the_declared_gaps()
    {
        var margin = Margin.Of(68.72, 5000, [0.3, 0.4]);

        Assert.Equal(0.005, margin.Rounding);
        Assert.Equal(1.959964 * Math.Sqrt(68.72 * 31.28 / 5000), margin.Sampling, 5);   // 1.285
        Assert.Equal(0.5, margin.Parity, 12);
        Assert.Equal(0.005 + Math.Sqrt((margin.Sampling * margin.Sampling) + 0.25), margin.Total, 12);
        Assert.Equal(0.005, Margin.Of(0, 10, []).Total);
        Assert.Throws<ArgumentOutOfRangeException>(() => Margin.Of(-1, 10, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Margin.Of(50, 0, []));
    }

    [Fact]
    public void One_seed_or_no_spread_cannot_be_tested()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Equivalence.Test(50, 1, 1, 50, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Equivalence.Test(50, 0, 3, 50, 1));
    }

    [Fact]
    public void Seeds_to_decide_are_the_fewest_that_do_and_none_near_the_margin()
    {
        var seeds = Equivalence.SeedsToDecide(0.2, 1, 1, 0.05)!.Value;
        Assert.True(Enough(seeds));
        Assert.False(Enough(seeds - 1));
        Assert.NotNull(Equivalence.SeedsToDecide(-5, 1, 1, 0.05));       // far off: a contradiction can be shown
        Assert.Null(Equivalence.SeedsToDecide(0.999, 1, 1, 0.05));       // as far off as the margin is wide
        Assert.Null(Equivalence.SeedsToDecide(2, 1, 1, 0.05));           // beyond it, but one run misses by as much: 1.64 × 1

        static bool Enough(int n) => 0.2 + ((Distributions.StudentQuantile(0.05, n - 1) + 1.2815515655446004) / Math.Sqrt(n)) <= 1;
    }

    [Fact]
    public void Seeds_that_agree_by_accident_keep_the_spread_of_their_answers()
    {
        double[][] equal = [Even, [.. Even.Select(score => 100 - score)], Even];   // 50 % each, on different items

        Assert.Equal(100 * Math.Sqrt(1.0 / 3 / 99), SeedNoise.Std(equal), 9);   // per item: variance 1/3 over 0,1,0; 99 of 100 degrees
        Assert.Equal(5, SeedNoise.Binomial(50, 100));
    }

    [Fact]
    public void Spread_of_seeds_that_differ_is_the_sample_deviation()
    {
        double[][] runs = [.. new[] { 30, 50, 70 }.Select(percent => Enumerable.Range(0, 100).Select(item => item < percent ? 100.0 : 0).ToArray())];
        Assert.Equal(20, SeedNoise.Std(runs), 9);
    }

    [Fact]
    public void Equal_answers_differ_by_nothing_but_not_with_certainty()
    {
        var estimate = PairedInference.Difference([Even, Even], [Even, Even]);

        Assert.Equal((0, 0.5, 0.5), (estimate.Value, estimate.PAboveZero, estimate.PBelowZero));
        Assert.Equal(1.96, estimate.High, 3);   // one of the 100 items
        Assert.Equal(-estimate.High, estimate.Low);
    }

    [Fact]
    public void Swapped_methods_turn_the_estimate_round() => Scores.Sample((first, second) =>
    {
        var (there, back) = (PairedInference.Difference(first, second), PairedInference.Difference(second, first));
        Assert.Equal(there.Value, -back.Value, 9);
        Assert.Equal(there.Low, -back.High, 9);
        Assert.Equal(there.PAboveZero, back.PBelowZero, 9);
    });

    [Fact]
    public void The_interval_leaves_out_zero_exactly_when_a_one_sided_p_is_below_a_fortieth() => Scores.Sample((first, second) =>
    {
        var estimate = PairedInference.Difference(first, second);
        if (Math.Abs(Math.Min(estimate.PAboveZero, estimate.PBelowZero) - 0.025) > 1e-6)
            Assert.Equal(estimate.Low > 0 || estimate.High < 0, Math.Min(estimate.PAboveZero, estimate.PBelowZero) < 0.025);
    });

    [Fact]
    public void Answers_of_another_shape_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PairedInference.Difference([Even], [Even]));
        Assert.Throws<ArgumentException>(() => PairedInference.Difference([Even, Even], [Even, Even, Even]));
        Assert.Throws<ArgumentException>(() => PairedInference.Difference([Even, Even], [Even, Even[1..]]));
    }

    [Fact]
    public void Spearman_above_nine_points_draws_and_repeats()
    {
        double[] x = [.. Enumerable.Range(0, 12)], y = [3, 1, 2, 6, 5, 4, 9, 8, 7, 12, 11, 10];
        var estimate = RankCorrelation.Spearman(x, y);

        Assert.InRange(estimate.PAboveZero, 0.0001, 0.0008);   // four million orders in NumPy: 0.0001
        Assert.InRange(estimate.Low, 0.5, 0.9);
        Assert.InRange(estimate.High, 0.9, 1);
        Assert.Equal(estimate, RankCorrelation.Spearman(x, y));
    }

    [Fact]
    public void Trend_of_many_values_draws_close_to_the_normal_approximation()
    {
        double[][] groups = [.. Enumerable.Range(0, 3).Select(group => Enumerable.Range(0, 6).Select(i => (double)((i * 3) + (group * 2))).ToArray())];
        var estimate = Trend.Jonckheere(groups);

        // Var J of 3 groups of 6: (18²·39 - 3·6²·15) / 72 = 153; effect = 2 J / 108 - 1.
        var z = (estimate.Value * 54) / Math.Sqrt(153);
        Assert.Equal(Distributions.NormalTail(z), estimate.PAboveZero, 0.02);
        Assert.InRange(estimate.PAboveZero + estimate.PBelowZero, 1, 1.2);   // the observed value counts on both sides
    }

    [Fact]
    public void What_has_no_rank_correlation_or_trend_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1, 1, 1], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1, 2], [1, 2]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1, 2, double.NaN], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Trend.Jonckheere([[1.0, 2.0]]));
        Assert.Throws<ArgumentException>(() => Trend.Jonckheere([[1.0], []]));
    }

    private static Gen<(double[][], double[][])> Scores { get; } =
        from seeds in Gen.Int[2, 5]
        from items in Gen.Int[2, 30]
        from first in Score.Array[items].Array[seeds]
        from second in Score.Array[items].Array[seeds]
        select (first, second);

    // Right, wrong, or what an image adds to a score of all images together.
    private static Gen<double> Score => Gen.OneOf(Gen.Bool.Select(right => right ? 100.0 : 0), Gen.Double[-50, 150]);
}
