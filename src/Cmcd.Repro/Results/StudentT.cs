namespace Cmcd.Repro.Results;

/// <summary>Student's t distribution for whole degrees of freedom.</summary>
/// <remarks>Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4: finite sums, no approximation.</remarks>
internal static class StudentT
{
    private const int Halvings = 60;   // π/2 · 2^-60 is below a double's resolution there

    /// <summary>The t with P(|T| &lt; t) = confidence.</summary>
    /// <param name="confidence">In (0, 1).</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double TwoSided(double confidence, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        var (low, high) = (0.0, Math.PI / 2);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Central(middle, degrees) < confidence ? (middle, high) : (low, middle);
        }

        return Math.Sqrt(degrees) * Math.Tan((low + high) / 2);
    }

    /// <summary>P(|T| ≥ |t|), in [0, 1]: the two-sided p-value.</summary>
    /// <param name="t">Finite.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double TwoSidedTail(double t, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        return Math.Clamp(1 - Central(Math.Atan(Math.Abs(t) / Math.Sqrt(degrees)), degrees), 0, 1);
    }

    /// <summary>P(|T| &lt; t), with angle = atan(t / √degrees): grows from 0 at 0 to 1 at π/2.</summary>
    private static double Central(double angle, int degrees)
    {
        var (sine, cosine) = Math.SinCos(angle);
        var odd = degrees % 2 == 1;
        var term = odd ? cosine : 1.0;
        var sum = 0.0;
        for (var k = odd ? 2 : 1; k < degrees; k += 2)   // term k: cos^(k-1) times a ratio of double factorials
        {
            sum += term;
            term *= cosine * cosine * k / (k + 1);
        }

        return odd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
    }
}
