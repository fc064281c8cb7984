using Cmcd.Repro.Theory.TotalVariation;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Theory.TotalVariation;

public class QuantisedDistanceTests
{
    public static TheoryData<double[], double[], double> Histograms => new()
    {
        { [0.5, 0.3, 0.2], [0.4, 0.4, 0.2], 0.1 },
        { [0.7, 0.2, 0.1, 0], [0.1, 0.2, 0.3, 0.4], 0.6 },
        { [6, 3, 1], [4, 4, 2], 0.2 },
        { [0.3, 0.7], [0.5, 0.5], 0.2 },
        { [1, 1], [20, 20], 0 },
    };

    [Theory, MemberData(nameof(Histograms))]
    public void Histograms_give_half_the_sum_of_differences(double[] first, double[] second, double expected) => Assert.Equal(expected, QuantisedDistance.Of(first, second), 1e-12);

    [Fact]
    public void Far_clusters_are_found_and_their_shares_compared()
    {
        using var scope = NewDisposeScope();
        // Three clumps; the source has shares 1/2, 1/3, 1/6, the target 1/6, 1/3, 1/2: TV = 1/3.
        var found = QuantisedDistance.Measure(Clumps(0, 3, 2, 1), Clumps(1, 1, 2, 3), 3, 0);

        Assert.Equal(1.0 / 3, found.Value, 0.05);   // a third of 600 items makes the codebook: the counted shares move a little
        Assert.True(found.Null < 0.1);
    }

    /// <summary>methods.md 9.2: 0.053524 for ten even cells and 1,000 items a side; k-means cells are uneven, which makes it less.</summary>
    [Fact]
    public void With_nothing_to_find_the_value_is_noise_of_the_size_of_the_null()
    {
        using var scope = NewDisposeScope();
        var found = QuantisedDistance.Measure(ClassifierBoundTests.Gaussian(0, 1500, 2), ClassifierBoundTests.Gaussian(1, 1500, 2), 10, 0);

        Assert.InRange(found.Null, 0.04, 0.0536);
        Assert.InRange(found.Value, found.Null - 0.04, found.Null + 0.04);
    }

    [Fact]
    public void Codebook_matches_a_naive_assignment_and_settles_on_means()
    {
        using var scope = NewDisposeScope();
        var items = Clumps(2, 2, 3, 4);
        var centres = KMeans.Fit(items, 3, 0);
        var (points, means, assigned) = (Rows(items), Rows(centres), KMeans.Assign(items, centres));

        for (var i = 0; i < points.Length; i++) Assert.Equal(Enumerable.Range(0, 3).MinBy(k => Square(points[i], means[k])), assigned[i]);
        for (var k = 0; k < 3; k++)
            for (var d = 0; d < 2; d++) Assert.Equal(points.Where((_, i) => assigned[i] == k).Average(point => point[d]), means[k][d], 1e-9);
    }

    [Fact]
    public void More_cells_than_items_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.StartsWith("Expected at least 10 items for 10 centres, got 4.", Assert.Throws<ArgumentException>(() => QuantisedDistance.Measure(zeros(6, 2), zeros(6, 2), 10, 0)).Message, StringComparison.Ordinal);
    }

    private static Tensor Clumps(int place, params int[] hundreds)
    {
        var noise = ClassifierBoundTests.Gaussian(place, hundreds.Sum() * 100, 2) * 0.1;
        var centres = hundreds.SelectMany((count, k) => Enumerable.Repeat(new[] { 10.0 * k, -5.0 * k * k }, count * 100)).SelectMany(point => point).ToArray();
        return noise + tensor(centres).view(-1, 2);
    }

    private static double[][] Rows(Tensor matrix) => [.. matrix.data<double>().ToArray().Chunk((int)matrix.shape[1])];

    private static double Square(double[] first, double[] second) => first.Zip(second, (a, b) => (a - b) * (a - b)).Sum();
}
