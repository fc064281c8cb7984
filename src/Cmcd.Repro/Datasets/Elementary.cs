namespace Cmcd.Repro.Datasets;

/// <summary>Sine, exponential and logarithm from + - × ÷ and rounding alone.</summary>
/// <remarks>
/// The platform's own differ in the last bit from one C library or processor to the next; a generated data set, which is known by the hash of
/// its recipe, must not. Errors stay below 4e-16 relative (sine: absolute) for arguments up to 1e6.
/// </remarks>
internal static class Elementary
{
    public const double Ln2 = 0.69314718055994530942;

    // π/2 and ln 2 in two parts: the first has trailing zeros, so that a whole multiple of it is exact.
    private const double QuarterHigh = 1.57079632673412561417, QuarterLow = 6.07710050650619224932e-11;
    private const double Ln2High = 0.69314718036912381649, Ln2Low = 1.90821492927058770002e-10;

    public static double Cos(double x) => Sin(x, 1);

    public static double Sin(double x) => Sin(x, 0);

    /// <summary>e^x; 0 below -700.</summary>
    public static double Exp(double x)
    {
        if (x < -700) return 0;
        var power = Math.Round(x / Ln2);
        var r = x - (power * Ln2High) - (power * Ln2Low);              // |r| ≤ ln 2 / 2
        var sum = 1.0;
        for (var k = 13; k > 0; k--) sum = 1 + (sum * r / k);
        return sum * BitConverter.Int64BitsToDouble(((long)power + 1023) << 52);
    }

    /// <summary>The natural logarithm of a normal number above 0.</summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var power = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (mantissa > 1.41421356237309504880)
        {
            mantissa /= 2;
            power++;
        }

        // ln m = 2 artanh((m - 1) / (m + 1)), whose argument is at most 0.1716.
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = 0.0;
        for (var k = 21; k > 0; k -= 2) sum = (sum * square) + (1.0 / k);
        return (2 * s * sum) + (power * Ln2);
    }

    private static double Sin(double x, int quarters)
    {
        var turns = Math.Round(x / (Math.PI / 2));
        var r = x - (turns * QuarterHigh) - (turns * QuarterLow);      // |r| ≤ π/4
        var quadrant = ((long)turns + quarters) & 3;
        var value = (quadrant & 1) == 0 ? r * Series(r * r, 1) : Series(r * r, 0);
        return quadrant < 2 ? value : -value;
    }

    /// <summary>1 - s/((f+1)(f+2)) + s²/((f+1)(f+2)(f+3)(f+4)) …: the cosine of √s for f = 0, the sine divided by √s for f = 1.</summary>
    private static double Series(double square, int first)
    {
        var sum = 1.0;
        for (var k = first + 16; k > first; k -= 2) sum = 1 - (sum * square / (k * (k - 1.0)));
        return sum;
    }
}
