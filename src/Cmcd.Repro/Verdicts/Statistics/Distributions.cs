using MathNet.Numerics.Distributions;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>Tails and quantiles of the two distributions that the tests rest on, in the small-p direction: nothing is computed as one minus almost one.</summary>
/// <remarks>MathNet.Numerics gives the tails; the t quantile is <see cref="StudentT"/>'s, because the library searches only up to 800 and one degree of freedom needs more.</remarks>
internal static class Distributions
{
    /// <summary>P(T &gt; t) of Student's t; degrees at least 1.</summary>
    public static double StudentTail(double t, int degrees) => MathNet.Numerics.Distributions.StudentT.CDF(0, 1, degrees, -t);

    /// <summary>The t with P(T &gt; t) = p; p in (0, 1/2).</summary>
    public static double StudentQuantile(double p, int degrees) => Results.StudentT.TwoSided(1 - (2 * p), degrees);

    /// <summary>P(Z &gt; z) of the standard normal.</summary>
    public static double NormalTail(double z) => Normal.CDF(0, 1, -z);

    /// <summary>The z with P(Z &gt; z) = p; p in (0, 1).</summary>
    public static double NormalQuantile(double p) => -Normal.InvCDF(0, 1, p);
}
