namespace Cmcd.Repro.Results;

/// <summary>Runs → cell statistics.</summary>
public static class Cells
{
    private const double Confidence = 0.95;

    /// <summary>Mean, sample standard deviation and 95 % Student-t interval of the mean.</summary>
    /// <param name="values">One value a seed, in any order; finite, at least one.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static Spread Fold(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = values.Order().ToArray();   // one order of summation: the order of the runs does not move the last bit
        if (sorted.Length == 0)
        {
            throw new ArgumentException("No value to fold: a cell without runs is NOT_TESTED and has no mean.", nameof(values));
        }

        if (!sorted.All(double.IsFinite))
        {
            throw new ArgumentException($"Cannot fold {string.Join(", ", sorted)}: every value must be finite.", nameof(values));
        }

        var mean = sorted.Average();
        if (sorted.Length == 1)
        {
            return new Spread(1, mean, null, null, null);
        }

        var std = Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / (sorted.Length - 1));
        var reach = StudentT.TwoSided(Confidence, sorted.Length - 1) * std / Math.Sqrt(sorted.Length);
        return new Spread(sorted.Length, mean, std, mean - reach, mean + reach);
    }
}
