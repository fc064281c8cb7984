namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>Resampled values → an interval.</summary>
internal static class Resamples
{
    /// <summary>The values between which the middle 95 % lie (percentile bootstrap; Efron and Tibshirani, 1993, 13.3).</summary>
    public static (double Low, double High) Middle95(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(int)Math.Floor(0.025 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(0.975 * (sorted.Length - 1))]);
    }
}
