namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>How far one method lies above another, when both the seeds and the test items are samples.</summary>
/// <remarks>
/// Seeds and items are crossed random factors: every seed answers every item. d = (first right) - (second right) of seed s and item i is modelled as
/// d = θ + a(s) + b(i) + e(s, i). With the mean squares A (seeds, n - 1 degrees of freedom), B (items, m - 1) and E (rest) of the two-way layout, the variance of the
/// mean is (A + B - E) / (n m) (Scheffé, The Analysis of Variance, 1959, ch. 7). Its seed part A / (n m) rests on few degrees of freedom, its item part (B - E)⁺ / (n m)
/// on many; each is scaled by its own quantile before they are joined: half width = √(t² A / (n m) + z² (B - E)⁺ / (n m)), the t of n - 1 degrees
/// (W. G. Howe, "Approximate confidence limits on the mean of X + Y …", JASA 69, 1974, for two variances with unlike degrees of freedom). One-sided p-values are the levels
/// at which such an interval touches zero.
/// Floors: never narrower than the items alone would make it, z √(B / (n m)), however alike few seeds come out; and B / (n m) is never below (1/m)², the
/// step of one item, so that methods with equal answers differ by nothing but not with certainty.
/// Measured against the alternatives in Verdicts/calibration.md: t over seeds alone, Satterthwaite's degrees of freedom and the bootstrap of seeds × items lose coverage.
/// Nothing is drawn: same answers, same estimate.
/// </remarks>
public static class PairedInference
{
    private const double Level = 0.025;   // each side of a 95 % interval

    /// <summary>First minus second, in points (percent of the items), in [-100, 100].</summary>
    /// <param name="first">By seed, then by test item: was the item answered right? At least two seeds; the same items in the same order everywhere.</param>
    /// <param name="second">The other method, of the same seeds in the same order.</param>
    /// <exception cref="ArgumentException">Fewer than two seeds or items, or the lists are not of one shape.</exception>
    public static Estimate Difference(IReadOnlyList<IReadOnlyList<bool>> first, IReadOnlyList<IReadOnlyList<bool>> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Count < 2) throw new ArgumentException($"Expected the same seeds of both methods, at least two, got {first.Count} and {second.Count}.");
        var items = first[0].Count;
        if (items < 2 || first.Concat(second).Any(answers => answers.Count != items)) throw new ArgumentException("Expected the same test items of every seed and method, at least two.");

        var (sum, seedSquares, itemSums, squares) = (0L, 0.0, new int[items], 0L);
        for (var s = 0; s < first.Count; s++)
        {
            var (a, b, seedSum) = (first[s], second[s], 0L);
            for (var i = 0; i < items; i++)
            {
                var d = (a[i] ? 1 : 0) - (b[i] ? 1 : 0);
                itemSums[i] += d;
                seedSum += d;
                squares += d * d;
            }

            (sum, seedSquares) = (sum + seedSum, seedSquares + ((double)seedSum * seedSum));
        }

        double n = first.Count, m = items, all = n * m;
        var correction = (double)sum * sum / all;
        var seeds = (seedSquares / m) - correction;                                          // sums of squares
        var between = (itemSums.Sum(d => (double)d * d) / n) - correction;
        var rest = Math.Max(0, squares - correction - seeds - between) / ((n - 1) * (m - 1));   // E
        var seedPart = Math.Max(0, seeds) / (n - 1) / all;                                   // A / (n m)
        var itemPart = Math.Max(0, between) / (m - 1) / all;                                 // B / (n m)
        var floor = Math.Sqrt(Math.Max(itemPart, 1 / (m * m)));
        var pure = Math.Max(0, itemPart - (rest / all));

        var value = sum / all;
        var reach = Math.Max(Reach(Distributions.StudentQuantile(Level, first.Count - 1)), floor * Distributions.NormalQuantile(Level));
        var p = Math.Max(Tail(Math.Abs(value)), Distributions.NormalTail(Math.Abs(value) / floor));
        return new(100 * value, 100 * (value - reach), 100 * (value + reach), value > 0 ? p : 1 - p, value > 0 ? 1 - p : p);

        double Reach(double t) => Math.Sqrt((t * t * seedPart) + (Square(Distributions.NormalQuantile(Distributions.StudentTail(t, first.Count - 1))) * pure));

        // The one-sided level whose interval ends at zero.
        double Tail(double distance)
        {
            if (distance == 0) return 0.5;
            var (low, high) = (0.0, 1.0);
            while (Reach(high) < distance && high < 1e6) high *= 2;
            for (var i = 0; i < 60; i++)
            {
                var middle = (low + high) / 2;
                (low, high) = Reach(middle) < distance ? (middle, high) : (low, middle);
            }

            return Distributions.StudentTail(high, first.Count - 1);
        }
    }

    private static double Square(double value) => value * value;
}
