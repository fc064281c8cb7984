using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>Exponential back-off with "equal jitter": half of the pause is fixed, half is drawn.</summary>
/// <remarks>Source of the scheme: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.</remarks>
internal static class BackOff
{
    /// <param name="options">First and longest pause.</param>
    /// <param name="failure">1 for the first failure in a row.</param>
    /// <param name="random">Draws the half that varies.</param>
    /// <returns>From half of min(longest, first · 2^(failure - 1)) to all of it.</returns>
    public static TimeSpan Pause(DownloadOptions options, int failure, ref CounterRandom random)
    {
        var full = Math.Min(options.LongestPause.TotalSeconds, options.FirstPause.TotalSeconds * Math.Pow(2, failure - 1));
        return TimeSpan.FromSeconds(full * (0.5 + (0.5 * random.NextUniform())));
    }
}
