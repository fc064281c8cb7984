namespace Cmcd.Repro.Datasets.Images;

/// <summary>Antialiased bilinear resize of uint8 images: a triangle as wide as the shrinking, along rows, then along columns.</summary>
/// <remarks>
/// The arithmetic of Pillow's BILINEAR (Resample.c): weights of 22 binary places, rounded to uint8 between the two passes. Its test holds the result
/// against Pillow byte by byte. Growing is plain bilinear. Pixel centres lie at half-integers; outside the image weights are dropped, not padded.
/// </remarks>
internal static class TriangleResize
{
    private const int Places = 22;   // 8 bits of the pixel and 2 to spare fill an int

    /// <summary>Resizes [height, width, channels].</summary>
    /// <param name="pixels">height · width · channels bytes.</param>
    /// <param name="height">Pixels of the image.</param>
    /// <param name="width">Pixels of the image.</param>
    /// <param name="channels">Bytes of a pixel, any number.</param>
    /// <param name="toHeight">Pixels of the result.</param>
    /// <param name="toWidth">Pixels of the result.</param>
    /// <returns>[toHeight, toWidth, channels].</returns>
    /// <exception cref="ArgumentException">pixels is not of that size.</exception>
    public static byte[] Interleaved(ReadOnlySpan<byte> pixels, int height, int width, int channels, int toHeight, int toWidth)
    {
        Require(pixels, (long)height * width * channels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toWidth);
        var narrow = AlongRows(pixels, height, width, channels, toWidth);
        return AlongColumns(narrow, height, toWidth * channels, toHeight);
    }

    /// <summary>Resizes [planes, height, width], each plane on its own.</summary>
    /// <param name="pixels">planes · height · width bytes.</param>
    /// <param name="planes">Channels or images, any number.</param>
    /// <param name="height">Pixels of a plane.</param>
    /// <param name="width">Pixels of a plane.</param>
    /// <param name="toHeight">Pixels of the result.</param>
    /// <param name="toWidth">Pixels of the result.</param>
    /// <returns>[planes, toHeight, toWidth].</returns>
    /// <exception cref="ArgumentException">pixels is not of that size.</exception>
    public static byte[] Planar(ReadOnlySpan<byte> pixels, int planes, int height, int width, int toHeight, int toWidth)
    {
        Require(pixels, (long)planes * height * width);
        var resized = new byte[planes * toHeight * toWidth];
        for (var plane = 0; plane < planes; plane++)
        {
            Interleaved(pixels.Slice(plane * height * width, height * width), height, width, 1, toHeight, toWidth)
                .CopyTo(resized.AsSpan(plane * toHeight * toWidth));
        }

        return resized;
    }

    private static byte[] AlongRows(ReadOnlySpan<byte> pixels, int height, int width, int channels, int toWidth)
    {
        if (toWidth == width) return pixels.ToArray();
        var taps = Taps(width, toWidth);
        var result = new byte[height * toWidth * channels];
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * width * channels, width * channels);
            for (var x = 0; x < toWidth; x++)
            {
                var (first, weights) = taps[x];
                for (var channel = 0; channel < channels; channel++)
                {
                    var sum = 1 << (Places - 1);
                    for (var tap = 0; tap < weights.Length; tap++) sum += row[((first + tap) * channels) + channel] * weights[tap];
                    result[(((y * toWidth) + x) * channels) + channel] = Rounded(sum);
                }
            }
        }

        return result;
    }

    private static byte[] AlongColumns(byte[] pixels, int height, int rowBytes, int toHeight)
    {
        if (toHeight == height) return pixels;
        var taps = Taps(height, toHeight);
        var result = new byte[toHeight * rowBytes];
        var sums = new int[rowBytes];
        for (var y = 0; y < toHeight; y++)
        {
            var (first, weights) = taps[y];
            Array.Fill(sums, 1 << (Places - 1));
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var row = pixels.AsSpan((first + tap) * rowBytes, rowBytes);
                for (var i = 0; i < sums.Length; i++) sums[i] += row[i] * weights[tap];
            }

            for (var i = 0; i < sums.Length; i++) result[(y * rowBytes) + i] = Rounded(sums[i]);
        }

        return result;
    }

    /// <summary>For each output pixel the first input pixel under its triangle, and the weights from there on; they sum to one.</summary>
    private static (int First, int[] Weights)[] Taps(int from, int to)
    {
        var taps = new (int, int[])[to];
        var scale = (double)from / to;
        var reach = Math.Max(scale, 1.0);
        for (var i = 0; i < to; i++)
        {
            var centre = (i + 0.5) * scale;
            var first = Math.Max((int)(centre - reach + 0.5), 0);
            var end = Math.Min((int)(centre + reach + 0.5), from);
            var heights = new double[end - first];
            var total = 0.0;
            for (var tap = 0; tap < heights.Length; tap++)
            {
                heights[tap] = Math.Max(0, 1 - Math.Abs((first + tap - centre + 0.5) * (1.0 / reach)));
                total += heights[tap];
            }

            taps[i] = (first, [.. heights.Select(height => (int)(0.5 + (height / total * (1 << Places))))]);
        }

        return taps;
    }

    private static byte Rounded(int sum) => (byte)Math.Clamp(sum >> Places, 0, 255);

    private static void Require(ReadOnlySpan<byte> pixels, long bytes)
    {
        if (pixels.Length != bytes || bytes == 0) throw new ArgumentException($"{pixels.Length} bytes were given for an image of {bytes}.", nameof(pixels));
    }
}
