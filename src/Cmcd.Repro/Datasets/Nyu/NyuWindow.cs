namespace Cmcd.Repro.Datasets.Nyu;

/// <summary>The part of every image that is kept, and how an item of the file becomes that part.</summary>
/// <remarks>An item lies in the file as [channels, width, height] of the whole image; a part is [channels, height, width].</remarks>
internal sealed record NyuWindow(int FullHeight, int FullWidth, int Top, int Left, int Height, int Width)
{
    /// <exception cref="DatasetUnavailableException">The images are too small for the cut.</exception>
    public static NyuWindow Of(NyuBorder border, int height, int width)
    {
        const int Margin = 16;
        NyuWindow window = border switch
        {
            NyuBorder.Sixteen => new(height, width, Margin, Margin, height - (2 * Margin), width - (2 * Margin)),
            NyuBorder.To420x560 => new(height, width, 45, 40, 420, 560),
            _ => new(height, width, 0, 0, height, width),
        };
        return window.Height > 0 && window.Width > 0 && window.Top + window.Height <= height && window.Left + window.Width <= width ? window
            : throw new DatasetUnavailableException($"{NyuDepth.Name}: images of {height} x {width} are too small for border {border}. Set border to {NyuBorder.Whole}.");
    }

    /// <summary>This part of an item, each value turned into a byte.</summary>
    public byte[] Cut(float[] item, int channels, Func<float, byte> pixel)
    {
        var part = new byte[channels * Height * Width];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var x = 0; x < Width; x++)
            {
                var column = item.AsSpan((((channel * FullWidth) + Left + x) * FullHeight) + Top, Height);
                for (var y = 0; y < Height; y++) part[(((channel * Height) + y) * Width) + x] = pixel(column[y]);
            }
        }

        return part;
    }

    /// <summary>One plane of this part at another size by nearest neighbour: for what must not be mixed, classes and depths beside holes.</summary>
    public byte[] Nearest(byte[] part, int toHeight, int toWidth)
    {
        if ((toHeight, toWidth) == (Height, Width)) return part;
        var resized = new byte[toHeight * toWidth];
        for (var y = 0; y < toHeight; y++)
        {
            var row = part.AsSpan(((2 * y) + 1) * Height / (2 * toHeight) * Width, Width);
            for (var x = 0; x < toWidth; x++) resized[(y * toWidth) + x] = row[((2 * x) + 1) * Width / (2 * toWidth)];
        }

        return resized;
    }
}
