namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>Analysis of variance of seeds × items, one value in each combination.</summary>
/// <remarks>Source: H. Scheffé, The Analysis of Variance, 1959, ch. 7. With value = mean + seed + item + rest, the expectations are: Seeds = m σ²(seed) + σ²(rest),
/// Items = n σ²(item) + σ²(rest), Rest = σ²(rest); the mean's variance is (Seeds + Items - Rest) / (n m).</remarks>
/// <param name="Mean">Mean of all values.</param>
/// <param name="Seeds">Mean square of n seeds, n - 1 degrees of freedom.</param>
/// <param name="Items">Mean square of m items, m - 1 degrees of freedom.</param>
/// <param name="Rest">Mean square of what neither explains.</param>
internal readonly record struct MeanSquares(double Mean, double Seeds, double Items, double Rest)
{
    /// <param name="values">By seed, then item; at least two seeds and two items, each seed with the same items.</param>
    public static MeanSquares Of(IReadOnlyList<double[]> values)
    {
        var (seeds, items) = (values.Count, values[0].Length);
        var (sum, squares, seedSquares, itemSums) = (0.0, 0.0, 0.0, new double[items]);
        foreach (var row in values)
        {
            var seedSum = 0.0;
            for (var i = 0; i < items; i++)
            {
                itemSums[i] += row[i];
                seedSum += row[i];
                squares += row[i] * row[i];
            }

            sum += seedSum;
            seedSquares += seedSum * seedSum;
        }

        double all = (double)seeds * items, correction = sum * sum / all;
        var ofSeeds = Math.Max(0, (seedSquares / items) - correction);   // rounding alone makes a sum of squares negative
        var ofItems = Math.Max(0, (itemSums.Sum(item => item * item) / seeds) - correction);
        var rest = Math.Max(0, squares - correction - ofSeeds - ofItems);
        return new(sum / all, ofSeeds / (seeds - 1), ofItems / (items - 1), rest / ((seeds - 1.0) * (items - 1)));
    }
}
