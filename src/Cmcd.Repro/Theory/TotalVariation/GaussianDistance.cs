using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>Total variation between two normal laws of one covariance, in closed form.</summary>
public static class GaussianDistance
{
    /// <summary>2 Φ(δ / 2) - 1, in [0, 1).</summary>
    /// <param name="shift">δ, the Mahalanobis distance of the means: in one dimension their difference in standard deviations.</param>
    public static double Of(double shift)
    {
        using var scope = NewDisposeScope();
        return erf(tensor(Math.Abs(shift) / (2 * Math.Sqrt(2)), dtype: float64)).ToDouble();
    }
}
