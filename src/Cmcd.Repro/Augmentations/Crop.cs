using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Augmentations;

/// <summary>The geometry of one view: a box of the image, in pixels, and whether it is mirrored.</summary>
internal readonly record struct Crop(int Top, int Left, int Height, int Width, bool Flip)
{
    private const int Tries = 100;

    /// <summary>Draws a box by area and aspect; after 100 boxes that do not fit, takes the whole image.</summary>
    /// <remarks>
    /// Area is uniform, as arXiv 2002.05709 (Appendix A) says. Aspect (width / height) is uniform, as in TensorFlow's
    /// sample_distorted_bounding_box, which the official code calls; torchvision draws its logarithm instead.
    /// Departs: that operator draws the height uniformly among those the area range allows, so its areas lean to small ones;
    /// and its corner never reaches the last row and column, an off-by-one that is not copied.
    /// </remarks>
    public static Crop Draw(ref CounterRandom random, ViewOptions options, int imageHeight, int imageWidth)
    {
        var flip = random.NextBool(options.FlipProbability);
        for (var i = 0; i < Tries; i++)
        {
            var area = random.NextUniform((float)options.MinArea, (float)options.MaxArea) * (double)imageHeight * imageWidth;
            var aspect = random.NextUniform((float)options.MinAspect, (float)options.MaxAspect);
            var height = (int)Math.Round(Math.Sqrt(area / aspect));
            var width = (int)Math.Round(Math.Sqrt(area * aspect));
            if (height < 1 || height > imageHeight || width < 1 || width > imageWidth) continue;

            return new Crop(random.NextInt(imageHeight - height + 1), random.NextInt(imageWidth - width + 1), height, width, flip);
        }

        return new Crop(0, 0, imageHeight, imageWidth, flip);
    }
}
