namespace Cmcd.Repro.Datasets.Images;

/// <summary>One image in memory, uint8, the channels of a pixel side by side: [Height, Width, Channels].</summary>
/// <param name="Pixels">Height · Width · Channels bytes.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Channels">1 for grey, 3 for red, green, blue.</param>
internal sealed record DecodedImage(byte[] Pixels, int Height, int Width, int Channels)
{
    /// <summary>The same image channel by channel, [Channels, Height, Width], as networks and packs want it.</summary>
    public byte[] ToPlanes()
    {
        var planes = new byte[Pixels.Length];
        var area = Height * Width;
        for (var channel = 0; channel < Channels; channel++)
            for (var pixel = 0; pixel < area; pixel++) planes[(channel * area) + pixel] = Pixels[(pixel * Channels) + channel];
        return planes;
    }

    /// <summary>The image at another size; see <see cref="TriangleResize"/>.</summary>
    public DecodedImage ResizedTo(int height, int width) =>
        (height, width) == (Height, Width) ? this : new(TriangleResize.Interleaved(Pixels, Height, Width, Channels, height, width), height, width, Channels);
}
