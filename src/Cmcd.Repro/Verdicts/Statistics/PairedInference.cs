namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>How far one method lies above another, when both the seeds and the test items are samples.</summary>
/// <remarks>
/// Seeds and items are crossed random factors: every seed answers every item. d = (first's score) - (second's score) of seed s and item i is modelled as
/// d = θ + a(s) + b(i) + e(s, i). With the mean squares A (seeds, n - 1 degrees of freedom), B (items, m - 1) and E (rest) of <see cref="MeanSquares"/>, the variance of
/// the mean is (A + B - E) / (n m). Its seed part A / (n m) rests on few degrees of freedom, its item part (B - E)⁺ / (n m) on many; each is
/// scaled by its own quantile before they are joined: half width = √(t² A / (n m) + z² (B - E)⁺ / (n m)), t of n - 1 degrees (W. G. Howe, "Approximate confidence limits on
/// the mean of X + Y where X and Y are two tabled independent random variables", JASA 69, 1974). One-sided p-values are the levels at which such an interval touches zero.
/// Floors: never narrower than the items alone would make it, z √(B / (n m)), however alike few seeds come out; and B / (n m) is never below (1/m)², the
/// step of one item, so that methods with equal answers differ by nothing but not with certainty.
/// Measured against the alternatives in Verdicts/calibration.md: t over seeds alone, Satterthwaite's degrees of freedom and the bootstrap of seeds × items lose coverage.
/// Nothing is drawn: same answers, same estimate.
/// </remarks>
public static class PairedInference
{
    private const double Level = 0.025;   // each side of a 95 % interval

    /// <summary>First minus second, in points.</summary>
    /// <param name="first">By seed, then by test item: its score in percent, such as 100 for a right answer and 0 for a wrong one. At least two seeds; the same items in the same order everywhere.</param>
    /// <param name="second">The other method, of the same seeds in the same order.</param>
    /// <param name="by">The bound, in points, that the p-values speak of: "the effect is at most the bound", "at least the bound".</param>
    /// <exception cref="ArgumentException">Fewer than two seeds or items, or the lists are not of one shape.</exception>
    public static Estimate Difference(IReadOnlyList<IReadOnlyList<double>> first, IReadOnlyList<IReadOnlyList<double>> second, double by = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Count < 2) throw new ArgumentException($"Expected the same seeds of both methods, at least two, got {first.Count} and {second.Count}.");
        var items = first[0].Count;
        if (items < 2 || first.Concat(second).Any(scores => scores.Count != items)) throw new ArgumentException("Expected the same test items of every seed and method, at least two.");

        var squares = MeanSquares.Of([.. first.Zip(second, (a, b) => a.Zip(b, (mine, other) => (mine - other) / 100).ToArray())]);
        double all = (double)first.Count * items, step = 1.0 / items;
        var seedPart = squares.Seeds / all;
        var itemPart = Math.Max(0, squares.Items - squares.Rest) / all;
        var floor = Math.Max(Math.Sqrt(squares.Items / all), step);

        var value = squares.Mean;
        var reach = Math.Max(Reach(Distributions.StudentQuantile(Level, first.Count - 1)), floor * Distributions.NormalQuantile(Level));
        var distance = value - (by / 100);
        var p = Math.Max(Tail(Math.Abs(distance)), Distributions.NormalTail(Math.Abs(distance) / floor));
        return new(100 * value, 100 * (value - reach), 100 * (value + reach), distance > 0 ? p : 1 - p, distance > 0 ? 1 - p : p);

        double Reach(double t)
        {
            var z = Distributions.NormalQuantile(Distributions.StudentTail(t, first.Count - 1));
            return Math.Sqrt((t * t * seedPart) + (z * z * itemPart));
        }

        // The one-sided level whose interval ends at the bound.
        double Tail(double away)
        {
            if (away == 0) return 0.5;
            var (low, high) = (0.0, 1.0);
            while (Reach(high) < away && high < 1e6) high *= 2;
            for (var i = 0; i < 60; i++)
            {
                var middle = (low + high) / 2;
                (low, high) = Reach(middle) < away ? (middle, high) : (low, middle);
            }

            return Distributions.StudentTail(high, first.Count - 1);
        }
    }
}
