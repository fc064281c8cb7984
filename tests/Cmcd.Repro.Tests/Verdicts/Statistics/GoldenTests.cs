using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Verdicts.Statistics;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Tests.Verdicts.Statistics;

/// <summary>Against SciPy and definitions written as plain loops (make_golden.py).</summary>
public class GoldenTests
{
    private static readonly JObject Golden = JObject.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests/Cmcd.Repro.Tests/Verdicts/Statistics/golden.json")));

    [Fact]
    public void Tails_match_SciPy_far_out_too()
    {
        foreach (var tail in Golden["tails"]!) AssertRelative((double)tail["p"]!, Distributions.StudentTail((double)tail["t"]!, (int)tail["degrees"]!), $"{tail}");
        foreach (var tail in Golden["normals"]!)
        {
            AssertRelative((double)tail["p"]!, Distributions.NormalTail((double)tail["z"]!), $"{tail}");
            Assert.Equal((double)tail["z"]!, Distributions.NormalQuantile((double)tail["p"]!), 1e-7);
        }
    }

    [Theory]
    [InlineData(0.3, 1), InlineData(0.025, 2), InlineData(0.001, 4), InlineData(1e-6, 9)]
    public void Quantile_is_the_inverse_of_the_tail(double p, int degrees) =>
        AssertRelative(p, Distributions.StudentTail(Distributions.StudentQuantile(p, degrees), degrees), "there and back");

    [Fact]
    public void Holm_matches_its_definition()
    {
        var expected = Golden["holm"]!["adjusted"]!.Select(value => (double)value);
        Assert.All(expected.Zip(Holm.Adjust([.. Golden["holm"]!["p"]!.Select(value => (double)value)])), pair => Assert.Equal(pair.First, pair.Second, 12));
    }

    [Fact]
    public void Spearman_matches_SciPy_and_all_orders()
    {
        foreach (var given in Golden["spearman"]!)
        {
            var estimate = RankCorrelation.Spearman(Numbers(given["x"]!), Numbers(given["y"]!));
            Assert.Equal((double)given["rho"]!, estimate.Value, 12);
            if (given["above"]!.Type == JTokenType.Null) continue;
            Assert.Equal((double)given["above"]!, estimate.PAboveZero, 12);
            Assert.Equal((double)given["below"]!, estimate.PBelowZero, 12);
        }
    }

    [Fact]
    public void Jonckheere_matches_brute_force()
    {
        foreach (var given in Golden["jonckheere"]!)
        {
            var estimate = Trend.Jonckheere([.. given["groups"]!.Select(Numbers)]);
            Assert.Equal((double)given["effect"]!, estimate.Value, 12);
            Assert.Equal((double)given["above"]!, estimate.PAboveZero, 12);
            Assert.Equal((double)given["below"]!, estimate.PBelowZero, 12);
        }
    }

    [Fact]
    public void Equivalence_matches_two_t_tests()
    {
        foreach (var given in Golden["equivalence"]!)
        {
            var values = Numbers(given["values"]!);
            var std = Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1));
            var test = Equivalence.Test(values.Average(), std, values.Length, (double)given["printed"]!, (double)given["margin"]!);
            AssertRelative((double)given["equivalent"]!, test.PEquivalent, $"{given}");
            AssertRelative((double)given["different"]!, test.PDifferent, $"{given}");
        }
    }

    [Fact]
    public void Paired_difference_matches_a_least_squares_fit_of_the_two_way_layout()
    {
        foreach (var given in Golden["paired"]!)
        {
            var estimate = PairedInference.Difference(Scores(given["first"]!), Scores(given["second"]!));
            AssertRelative((double)given["value"]!, estimate.Value, "value");
            AssertRelative((double)given["low"]!, estimate.Low, "low");
            AssertRelative((double)given["high"]!, estimate.High, "high");
            AssertRelative((double)given["above"]!, estimate.PAboveZero, "p");
            Assert.Equal(1, estimate.PAboveZero + estimate.PBelowZero, 12);
        }
    }

    private static double[] Numbers(JToken list) => [.. list.Select(value => (double)value)];

    private static double[][] Scores(JToken rows) => [.. rows.Select(row => row.Select(value => 100.0 * (int)value).ToArray())];

    /// <summary>1e-7 of the value: SciPy 1.10 inverts and MathNet's continued fraction stops at about 1e-8.</summary>
    private static void AssertRelative(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-7 * Math.Abs(expected), $"{what}: expected {expected:R}, got {actual:R}");
}
