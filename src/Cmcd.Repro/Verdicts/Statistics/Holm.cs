namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>Holm's step-down adjustment: many tests, one chance in twenty that any of them cries wolf.</summary>
/// <remarks>
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979. Holds for any dependence between the tests.
/// The k-th smallest of n values (k from 0) becomes (n - k) p, never less than the one before it, at most 1.
/// </remarks>
public static class Holm
{
    /// <summary>Adjusted p-values, in the order given: compare each with the level of the whole family.</summary>
    /// <param name="p">One p-value a test, in [0, 1]; a test that could not be made counts as 1, so that leaving it out eases nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside [0, 1] or NaN.</exception>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> p)
    {
        ArgumentNullException.ThrowIfNull(p);
        foreach (var value in p)
            if (!(value is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), value, "Expected p-values in [0, 1].");

        var adjusted = new double[p.Count];
        var (rank, least) = (0, 0.0);
        foreach (var test in Enumerable.Range(0, p.Count).OrderBy(test => p[test]))
        {
            least = Math.Max(least, Math.Min(1, (p.Count - rank++) * p[test]));
            adjusted[test] = least;
        }

        return adjusted;
    }
}
