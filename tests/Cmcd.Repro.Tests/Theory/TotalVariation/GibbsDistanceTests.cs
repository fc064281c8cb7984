using Cmcd.Repro.Losses;
using Cmcd.Repro.Randomness;
using Cmcd.Repro.Theory.TotalVariation;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Theory.TotalVariation;

public class GibbsDistanceTests
{
    private const double Digits6 = 1e-6;   // the values were computed apart and noted with six digits

    private static readonly double[,] Source = { { 1, 0 }, { 0.6, 0.8 }, { 0, 1 } };
    private static readonly double[,] Target = { { 2 / Math.Sqrt(5), 1 / Math.Sqrt(5) }, { Math.Sqrt(0.5), Math.Sqrt(0.5) }, { -1 / Math.Sqrt(5), 2 / Math.Sqrt(5) } };

    [Theory]
    [InlineData(1.0, 0.091989, 0.103067, 0.163983)]
    [InlineData(0.5, 0.160072, 0.184553, 0.340178)]
    [InlineData(0.1, 0.274009, 0.277635, 0.878968)]
    public void Three_pairs_give_the_values_computed_apart(double temperature, double global, double row, double withoutDiagonal)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(global, Value(new(RowWise: false, Diagonal: true)), Digits6);
        Assert.Equal(row, Value(new(RowWise: true, Diagonal: true)), Digits6);
        Assert.Equal(withoutDiagonal, Value(GibbsForm.Global), Digits6);

        double Value(GibbsForm form) => GibbsDistance.Measure(tensor(Source), tensor(Target), temperature, form, 0).Value;
    }

    [Theory]
    [InlineData(1.0, 0.038073), InlineData(0.5, 0.135211), InlineData(0.1, 0.596080)]
    public void Pinskers_inequality_bounds_the_value_by_the_divergence(double temperature, double expected)
    {
        using var scope = NewDisposeScope();
        var form = new GibbsForm(RowWise: false, Diagonal: true);
        var (p, q) = (GibbsDistance.Probabilities(tensor(Source), temperature, form), GibbsDistance.Probabilities(tensor(Target), temperature, form));
        var divergence = (p * (p / q).log()).sum().ToDouble();

        Assert.Equal(expected, divergence, Digits6);
        Assert.True(GibbsDistance.Measure(tensor(Source), tensor(Target), temperature, form, 0).Value <= Math.Sqrt(divergence / 2));
    }

    [Fact]
    public void Distance_of_the_distillation_loss_distributions_obeys_Pinsker()
    {
        using var scope = NewDisposeScope();
        using var loss = new CmdLoss(0.5, 0.5);
        var (_, p, q) = loss.Compare(tensor(Target, dtype: float64), tensor(Source, dtype: float64));
        var distance = (p.exp() - q.exp()).abs().sum().ToDouble() / 2 / 3;

        Assert.Equal(0.130997, distance, Digits6);
        Assert.True(distance <= Math.Sqrt(loss.Terms(tensor(Target), tensor(Source)).Divergence / 2));
    }

    [Theory]
    [InlineData(false, false), InlineData(false, true), InlineData(true, false), InlineData(true, true)]
    public void Random_features_of_different_widths_match_naive_loops(bool rowWise, bool diagonal)
    {
        using var scope = NewDisposeScope();
        var (source, target) = (Features(0, 7, 3), Features(1, 7, 5));
        var (p, q) = (Naive(source, 0.3, rowWise, diagonal), Naive(target, 0.3, rowWise, diagonal));
        var expected = 0.0;
        for (var i = 0; i < 7; i++) for (var j = 0; j < 7; j++) expected += Math.Abs(p[i, j] - q[i, j]) / 2 / (rowWise ? 7 : 1);

        Assert.Equal(expected, GibbsDistance.Measure(tensor(source), tensor(target), 0.3, new(rowWise, diagonal), 0).Value, 1e-12);
    }

    [Fact]
    public void Shuffled_reference_is_the_distance_after_reordering_the_targets_items()
    {
        using var scope = NewDisposeScope();
        var (source, target) = (tensor(Features(0, 6, 3)), tensor(Features(1, 6, 3)));
        var expected = Enumerable.Range(0, 10).Average(draw =>
        {
            var order = new CounterRandom(5, Purpose.Estimator, 0, draw).NextPermutation(6);
            return GibbsDistance.Measure(source, target[tensor(order, dtype: int64)], 0.5, GibbsForm.Global, 0).Value;
        });
        var found = GibbsDistance.Measure(source, target, 0.5, GibbsForm.Global, 5);

        Assert.Equal(expected, found.Shuffled, 1e-12);
        Assert.Equal(found.Value / expected, found.Ratio, 1e-12);
    }

    [Fact]
    public void Equal_encoders_are_at_distance_zero_whatever_the_length_of_their_features()
    {
        using var scope = NewDisposeScope();
        var features = tensor(Features(0, 8, 4));
        var found = GibbsDistance.Measure(features, features * 7, 0.1, GibbsForm.Global, 0);

        Assert.Equal(0, found.Value, 1e-12);
        Assert.True(found.Shuffled > 0.1);
    }

    /// <summary>methods.md 10.2: latents z and ρ z + √(1 - ρ²) e in eight dimensions, 150 items, no diagonal.</summary>
    [Theory]
    [InlineData(0.95, 1.0, 0.066), InlineData(0.8, 1.0, 0.124), InlineData(0.0, 1.0, 0.198)]
    [InlineData(0.95, 0.5, 0.124), InlineData(0.8, 0.5, 0.241), InlineData(0.0, 0.5, 0.378)]
    public void Weakened_pairs_of_Gaussian_latents_give_the_simulated_values(double correlation, double temperature, double expected)
    {
        using var scope = NewDisposeScope();
        var (z, e) = (tensor(Features(2, 150, 8)), tensor(Features(3, 150, 8)));
        var found = GibbsDistance.Measure(z, (correlation * z) + (Math.Sqrt(1 - (correlation * correlation)) * e), temperature, GibbsForm.Global, 0);

        Assert.Equal(expected, found.Value, 0.015);   // another draw of 150 items
    }

    [Fact]
    public void Unpaired_features_and_temperatures_without_sense_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("Expected two feature matrices [N, D] and [N, D'] of the same items, N at least 3, got [4, 2] and [5, 2].",
            Assert.Throws<ArgumentException>(() => GibbsDistance.Measure(zeros(4, 2), zeros(5, 2), 1, GibbsForm.Global, 0)).Message);
        Assert.Throws<ArgumentException>(() => GibbsDistance.Measure(zeros(2, 2), zeros(2, 2), 1, GibbsForm.Global, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GibbsDistance.Measure(zeros(4, 2), zeros(4, 2), 0, GibbsForm.Global, 0));
    }

    private static double[,] Features(int place, int count, int dimension)
    {
        var random = new CounterRandom(0, Purpose.Test, sample: place);
        var features = new double[count, dimension];
        for (var i = 0; i < count; i++) for (var d = 0; d < dimension; d++) features[i, d] = random.NextNormal();
        return features;
    }

    private static double[,] Naive(double[,] features, double temperature, bool rowWise, bool diagonal)
    {
        var (count, weights) = (features.GetLength(0), new double[features.GetLength(0), features.GetLength(0)]);
        var (rows, all) = (new double[count], 0.0);
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
            {
                var (dot, own, other) = (0.0, 0.0, 0.0);
                for (var d = 0; d < features.GetLength(1); d++)
                {
                    dot += features[i, d] * features[j, d];
                    own += features[i, d] * features[i, d];
                    other += features[j, d] * features[j, d];
                }

                weights[i, j] = i == j && !diagonal ? 0 : Math.Exp(dot / Math.Sqrt(own * other) / temperature);
                rows[i] += weights[i, j];
                all += weights[i, j];
            }

        for (var i = 0; i < count; i++) for (var j = 0; j < count; j++) weights[i, j] /= rowWise ? rows[i] : all;
        return weights;
    }
}
