using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Augmentations;

internal enum ColourOperation
{
    Brightness,
    Contrast,
    Saturation,
    Hue,
}

/// <summary>The photometric parameters of one view.</summary>
/// <param name="Jittered">Whether the four colour operations apply.</param>
/// <param name="Order">All four <see cref="ColourOperation"/>s, in the order they apply.</param>
/// <param name="Brightness">Factor, at least 0.</param>
/// <param name="Contrast">Factor, at least 0.</param>
/// <param name="Saturation">Factor, at least 0.</param>
/// <param name="Hue">Turns.</param>
/// <param name="Greyscale">Whether colour is lost.</param>
/// <param name="BlurSigma">Pixels; 0 is no blur.</param>
internal readonly record struct PhotometricDraw(
    bool Jittered, int[] Order, float Brightness, float Contrast, float Saturation, float Hue, bool Greyscale, float BlurSigma)
{
    /// <summary>Draws every parameter whether it is used or not, so that one switch never moves the numbers of another.</summary>
    public static PhotometricDraw Draw(ref CounterRandom random, ViewOptions options)
    {
        var jittered = random.NextBool(options.JitterProbability);
        var order = random.NextPermutation(4);
        var brightness = Factor(ref random, options.Brightness);
        var contrast = Factor(ref random, options.Contrast);
        var saturation = Factor(ref random, options.Saturation);
        var hue = random.NextUniform((float)-options.Hue, (float)options.Hue);
        var greyscale = random.NextBool(options.GreyscaleProbability);
        var blurred = random.NextBool(options.BlurProbability);
        var sigma = random.NextUniform((float)options.BlurSigmaMin, (float)options.BlurSigmaMax);
        return new(jittered, order, brightness, contrast, saturation, hue, greyscale, blurred ? sigma : 0);
    }

    private static float Factor(ref CounterRandom random, double strength) =>
        random.NextUniform((float)Math.Max(0, 1 - strength), (float)(1 + strength));
}
