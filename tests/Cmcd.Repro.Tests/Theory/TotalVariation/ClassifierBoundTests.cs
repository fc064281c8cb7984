using Cmcd.Repro.Randomness;
using Cmcd.Repro.Theory.TotalVariation;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Theory.TotalVariation;

public class ClassifierBoundTests
{
    [Fact]
    public void Rates_give_the_bound_its_error_and_its_one_sided_limit()
    {
        var found = ClassifierBound.Of(0.62, 2000, 0.58, 2000);

        Assert.Equal(0.20, found.Value, 1e-12);
        Assert.Equal(0.015479, found.StandardError, 1e-6);
        Assert.Equal(0.174539, found.AtLeast, 1e-6);
        Assert.Equal((0.169662, 0.230338), (Math.Round(found.Low, 6), Math.Round(found.High, 6)));   // 0.20 ± 1.959964 · 0.015479
        Assert.Equal(0.5, ClassifierBound.Of(0.8, 10, 0.7, 10).Value, 1e-12);
    }

    [Theory]
    [InlineData(1000, 0.022361), InlineData(5000, 0.010000)]
    public void Resolution_near_zero_follows_from_the_number_of_items(int items, double expected) =>
        Assert.Equal(expected, ClassifierBound.Of(0.5, items, 0.5, items).StandardError, 1e-6);

    [Fact]
    public void Answers_are_counted_on_each_side_by_itself() =>
        Assert.Equal(0.75 + 0.5 - 1, ClassifierBound.Of(new([0.9, 0.8, 0.51, 0.2], [0.4, 0.7])).Value, 1e-12);

    /// <summary>One dimension, where the best cut is easy to find: the 95 % interval holds the truth in about 19 of 20 draws.</summary>
    [Theory]
    [InlineData(0, 0.5), InlineData(0, 1.0), InlineData(0, 2.0), InlineData(16, 1.0)]
    public void Shifted_Gaussians_are_found_at_what_their_shift_gives(int hidden, double shift)
    {
        using var scope = NewDisposeScope();
        var truth = GaussianDistance.Of(shift);
        var covered = Enumerable.Range(0, 20).Count(draw =>
        {
            var found = ClassifierBound.Of(Discriminator.Fit(Gaussian(2 * draw, 1000, 1), Gaussian((2 * draw) + 1, 1000, 1) + shift, hidden, draw));
            return truth >= found.Low && truth <= found.High;
        });

        Assert.InRange(covered, 17, 20);
    }

    /// <summary>In 64 dimensions with 300 items a side for training: overfitting makes the bound loose, never wrong.</summary>
    [Theory]
    [InlineData(0), InlineData(32)]
    public void Few_items_in_many_dimensions_stay_below_the_truth(int hidden)
    {
        using var scope = NewDisposeScope();
        var shift = zeros(64, dtype: float64);
        shift[0] = tensor(2.0, dtype: float64);
        var found = ClassifierBound.Of(Discriminator.Fit(Gaussian(0, 600, 64), Gaussian(1, 600, 64) + shift, hidden, 0));

        Assert.InRange(found.AtLeast, 0.3, GaussianDistance.Of(2));
    }

    [Fact]
    public void Equal_laws_are_not_told_apart_and_a_ring_only_by_the_hidden_layer()
    {
        using var scope = NewDisposeScope();
        var (inner, outer) = (Gaussian(0, 1000, 2), Gaussian(1, 1000, 2));
        Assert.InRange(ClassifierBound.Of(Discriminator.Fit(inner, outer, 16, 0)).AtLeast, -1, 0.03);

        var ring = outer / outer.norm(1, keepdim: true) * 4;
        Assert.InRange(ClassifierBound.Of(Discriminator.Fit(inner, ring, 0, 0)).Value, -0.2, 0.4);
        Assert.True(ClassifierBound.Of(Discriminator.Fit(inner, ring, 16, 0)).AtLeast > 0.9);
    }

    [Fact]
    public void One_seed_gives_the_same_bits_and_another_another_split()
    {
        using var scope = NewDisposeScope();
        var (source, target) = (Gaussian(0, 40, 3), Gaussian(1, 30, 3));
        var first = Discriminator.Fit(source, target, 4, 0);

        Assert.Equal(first.Source, Discriminator.Fit(source, target, 4, 0).Source);
        Assert.NotEqual(first.Source, Discriminator.Fit(source, target, 4, 1).Source);
        Assert.Equal((20, 15), (first.Source.Count, first.Target.Count));
    }

    [Fact]
    public void Two_spaces_are_refused_with_both_shapes() => Assert.Equal(
        "Expected two feature matrices [N, D] and [M, D] of one D, N and M at least 4, got [8, 3] and [8, 4].",
        Assert.Throws<ArgumentException>(() => Discriminator.Fit(zeros(8, 3), zeros(8, 4), 0, 0)).Message);

    internal static Tensor Gaussian(int place, int count, int dimension)
    {
        var random = new CounterRandom(0, Purpose.Test, epoch: 1, sample: place);
        var values = new double[count * dimension];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextNormal();
        return tensor(values).view(count, dimension);
    }
}
