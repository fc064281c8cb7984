namespace Cmcd.Repro.Datasets.Nyu;

/// <summary>Metres to bytes.</summary>
/// <remarks>
/// FCN subtracts 7.844, its mean of ln(millimetres), and feeds the network the rest unscaled; pixels here lie in [0, 1], so the logarithm is stretched over them instead.
/// A metric step is 10 m / 255 = 3.9 cm; a logarithmic one is 1.2 % of the depth.
/// </remarks>
internal static class DepthPixels
{
    private const float Farthest = 10, Nearest = 0.5f;

    /// <summary>1 or 3.</summary>
    public static int Channels(DepthEncoding encoding) => encoding == DepthEncoding.MetricOneChannel ? 1 : 3;

    /// <param name="metres">0, a negative number or NaN where nothing is known.</param>
    /// <param name="encoding">Metric or logarithmic.</param>
    public static byte Of(float metres, DepthEncoding encoding)
    {
        if (!(metres > 0)) return 0;
        return encoding == DepthEncoding.Logarithmic
            ? (byte)Math.Round(1 + (254 * Math.Log(Math.Clamp(metres, Nearest, Farthest) / Nearest) / Math.Log(Farthest / Nearest)), MidpointRounding.AwayFromZero)
            : (byte)Math.Round(Math.Min(metres, Farthest) / (double)Farthest * byte.MaxValue, MidpointRounding.AwayFromZero);
    }
}
