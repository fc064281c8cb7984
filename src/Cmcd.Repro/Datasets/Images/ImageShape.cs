namespace Cmcd.Repro.Datasets.Images;

/// <summary>What every image of a pack is brought to.</summary>
/// <param name="Side">Pixels of the square.</param>
/// <param name="Fit">How it becomes square.</param>
/// <param name="Channels">1 for grey, 3 for colour.</param>
/// <param name="Background">Where <see cref="ImageFit.Pad"/> adds pixels, and around a view: 0 black, 255 white.</param>
internal sealed record ImageShape(int Side, ImageFit Fit, int Channels, byte Background)
{
    /// <summary>Bytes of an image.</summary>
    public int Bytes => Channels * Side * Side;

    /// <summary>The image in this shape, [Channels, Side, Side].</summary>
    public byte[] Of(DecodedImage image) => Squared(image).ResizedTo(Side, Side).ToPlanes();

    private DecodedImage Squared(DecodedImage image) => Fit switch
    {
        ImageFit.Stretch => image,
        ImageFit.Crop => Framed(image, Math.Min(image.Height, image.Width)),
        ImageFit.Pad => Framed(image, Math.Max(image.Height, image.Width)),
        _ => throw new ArgumentOutOfRangeException(nameof(image), Fit, "Not a way to fit."),
    };

    /// <summary>A square around the middle; an odd pixel goes to the right and below.</summary>
    private DecodedImage Framed(DecodedImage image, int side)
    {
        var framed = new byte[side * side * image.Channels];
        Array.Fill(framed, Background);
        var (top, left) = ((image.Height - side) / 2, (image.Width - side) / 2);   // negative where padding is added
        var (height, width) = (Math.Min(side, image.Height), Math.Min(side, image.Width));
        for (var y = 0; y < height; y++)
        {
            var from = (((y + Math.Max(top, 0)) * image.Width) + Math.Max(left, 0)) * image.Channels;
            var to = (((y - Math.Min(top, 0)) * side) - Math.Min(left, 0)) * image.Channels;
            image.Pixels.AsSpan(from, width * image.Channels).CopyTo(framed.AsSpan(to));
        }

        return new(framed, side, side, image.Channels);
    }
}
