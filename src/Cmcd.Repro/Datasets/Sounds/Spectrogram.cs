namespace Cmcd.Repro.Datasets.Sounds;

/// <summary>The log power spectrogram of VGGSound's public loader, standardised over the clip.</summary>
/// <remarks>
/// Source: scipy.signal.spectrogram with nperseg 512 and noverlap 353 and its defaults (methods: periodic Tukey window of 0.25, constant detrend,
/// one-sided, density), then ln(S + 1e-7), minus the mean, divided by the population deviation + 1e-9. Two real segments pass each transform as one complex.
/// </remarks>
internal static class Spectrogram
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 16_000;

    /// <summary>Frequencies, 0 to half the rate.</summary>
    public const int Bins = (Segment / 2) + 1;

    private const int Segment = 512, Hop = 159;
    private const double Floor = 1e-7;
    private static readonly double[] Window = Tukey(0.25);
    private static readonly double[] Cosine = [.. Enumerable.Range(0, Segment / 2).Select(k => Elementary.Cos(2 * Math.PI * k / Segment))];
    private static readonly double[] Sine = [.. Enumerable.Range(0, Segment / 2).Select(k => Elementary.Sin(2 * Math.PI * k / Segment))];

    /// <summary>Segments that fit into a sound; the rest at its end is dropped.</summary>
    public static int Columns(int samples) => (samples - (Segment - Hop)) / Hop;

    /// <summary>ln(S + 1e-7), S the power density per hertz.</summary>
    /// <param name="sound">Samples at 16 kHz, at least 512.</param>
    /// <returns>[<see cref="Bins"/> × columns], lowest frequency first.</returns>
    public static double[] LogPower(ReadOnlySpan<double> sound)
    {
        var columns = Columns(sound.Length);
        var power = new double[Bins * columns];
        var density = 1 / (Rate * Window.Sum(weight => weight * weight));
        var (real, imaginary) = (new double[Segment], new double[Segment]);
        for (var column = 0; column < columns; column += 2)
        {
            var paired = column + 1 < columns;
            Cut(sound.Slice(column * Hop, Segment), real);
            if (paired) Cut(sound.Slice((column + 1) * Hop, Segment), imaginary);
            Transform(real, imaginary);
            for (var bin = 0; bin < Bins; bin++)
            {
                // The spectrum of the first segment is the part symmetric about bin 0, that of the second the antisymmetric one.
                var mirror = (Segment - bin) % Segment;
                var scale = density * (bin is 0 or Segment / 2 ? 0.25 : 0.5);
                var (sumReal, sumImaginary) = (real[bin] + real[mirror], imaginary[bin] - imaginary[mirror]);
                var (otherReal, otherImaginary) = (imaginary[bin] + imaginary[mirror], real[bin] - real[mirror]);
                power[(bin * columns) + column] = Elementary.Log((scale * ((sumReal * sumReal) + (sumImaginary * sumImaginary))) + Floor);
                if (paired) power[(bin * columns) + column + 1] = Elementary.Log((scale * ((otherReal * otherReal) + (otherImaginary * otherImaginary))) + Floor);
            }
        }

        return power;
    }

    /// <summary>Mean 0 and deviation 1 over the whole clip, in place.</summary>
    public static void Standardise(double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length) + 1e-9;
        for (var i = 0; i < values.Length; i++) values[i] = (values[i] - mean) / deviation;
    }

    private static void Cut(ReadOnlySpan<double> sound, double[] segment)
    {
        var mean = 0.0;
        foreach (var sample in sound) mean += sample;
        mean /= Segment;
        for (var n = 0; n < Segment; n++) segment[n] = (sound[n] - mean) * Window[n];
    }

    /// <summary>The symmetric window of 513 points without its last: flat, with cosine flanks over an eighth of it each.</summary>
    private static double[] Tukey(double flanks)
    {
        var window = new double[Segment];
        for (var n = 0; n < Segment; n++)
        {
            var depth = Math.Min(n, Segment - n) / (flanks * Segment / 2);
            window[n] = depth < 1 ? 0.5 * (1 - Elementary.Cos(Math.PI * depth)) : 1;
        }

        return window;
    }

    /// <summary>The discrete Fourier transform in place (radix 2, decimation in time).</summary>
    private static void Transform(double[] real, double[] imaginary)
    {
        for (int i = 1, j = 0; i < Segment; i++)
        {
            var bit = Segment >> 1;
            for (; (j & bit) != 0; bit >>= 1) j ^= bit;
            j ^= bit;
            if (i >= j) continue;
            (real[i], real[j], imaginary[i], imaginary[j]) = (real[j], real[i], imaginary[j], imaginary[i]);
        }

        for (var half = 1; half < Segment; half *= 2)
        {
            var stride = Segment / (2 * half);
            for (var start = 0; start < Segment; start += 2 * half)
            {
                for (var k = 0; k < half; k++)
                {
                    var (cos, sin, even, odd) = (Cosine[k * stride], Sine[k * stride], start + k, start + k + half);
                    var turnedReal = (real[odd] * cos) + (imaginary[odd] * sin);
                    var turnedImaginary = (imaginary[odd] * cos) - (real[odd] * sin);
                    (real[odd], imaginary[odd]) = (real[even] - turnedReal, imaginary[even] - turnedImaginary);
                    (real[even], imaginary[even]) = (real[even] + turnedReal, imaginary[even] + turnedImaginary);
                }
            }
        }
    }
}
