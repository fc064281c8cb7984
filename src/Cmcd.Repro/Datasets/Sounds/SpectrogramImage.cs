namespace Cmcd.Repro.Datasets.Sounds;

/// <summary>A standardised spectrogram as a square picture of bytes: time to the right, frequency upwards.</summary>
/// <remarks>
/// Each pixel is the mean over its area (antialiased). Bytes 0 … 255 stand for -4 … 4 deviations, evenly; what lies outside is cut. A step is
/// 0.031 deviations. Standardised values reach beyond 4 only in the hottest bins, before the mean over the area.
/// </remarks>
internal static class SpectrogramImage
{
    /// <summary>Height and width where nothing else is said, pixels.</summary>
    public const int Side = 64;

    /// <summary>The byte of the clip's mean, a standardised 0.</summary>
    public const byte Mean = 128;

    private const double Reach = 4;

    /// <param name="values">[rows × columns], standardised, lowest frequency first.</param>
    /// <param name="columns">Columns of values.</param>
    /// <param name="image">[side × side] bytes to fill, highest frequency first.</param>
    /// <param name="side">Height and width, pixels.</param>
    public static void Write(double[] values, int columns, Span<byte> image, int side = Side)
    {
        var small = AreaMean(values, values.Length / columns, columns, side);
        for (var i = 0; i < small.Length; i++)
        {
            var share = (Math.Clamp(small[i], -Reach, Reach) + Reach) / (2 * Reach);
            image[((side - 1 - (i / side)) * side) + (i % side)] = (byte)((255 * share) + 0.5);
        }
    }

    /// <summary>Means over size x size equal areas; a value that lies in two areas counts in each by its part.</summary>
    internal static double[] AreaMean(double[] values, int rows, int columns, int size)
    {
        var wide = new double[rows * size];
        for (var row = 0; row < rows; row++) Along(values, row * columns, 1, columns, wide, row * size, 1, size);
        var small = new double[size * size];
        for (var column = 0; column < size; column++) Along(wide, column, size, rows, small, column, size, size);
        return small;
    }

    private static void Along(double[] from, int fromStart, int fromStep, int length, double[] to, int toStart, int toStep, int size)
    {
        var scale = (double)length / size;
        for (var i = 0; i < size; i++)
        {
            var (begin, end) = (i * scale, Math.Min((i + 1) * scale, length));
            var sum = 0.0;
            for (var j = (int)begin; j < end; j++) sum += from[fromStart + (j * fromStep)] * (Math.Min(j + 1, end) - Math.Max(j, begin));
            to[toStart + (i * toStep)] = sum / scale;
        }
    }
}
