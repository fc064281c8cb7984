using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>How a random view of an image is drawn: crop, flip, colour, grey, blur, in this order.</summary>
/// <remarks>Source: google-research/simclr, data_util.py.</remarks>
/// <param name="Size">Side of the square view; pixels, [1, 1024].</param>
/// <param name="MinArea">Smallest crop; fraction of the image's area, (0, MaxArea].</param>
/// <param name="MaxArea">Largest crop; fraction of the image's area, (0, 1].</param>
/// <param name="MinAspect">Narrowest crop; width / height, (0, MaxAspect].</param>
/// <param name="MaxAspect">Widest crop; width / height, above 0.</param>
/// <param name="FlipProbability">Probability of a mirror image, left and right exchanged; [0, 1].</param>
/// <param name="JitterProbability">Probability that the four colour operations are applied at all; [0, 1].</param>
/// <param name="Brightness">Half width of the brightness factor around 1; unitless, [0, 10].</param>
/// <param name="Contrast">Half width of the contrast factor around 1; unitless, [0, 10].</param>
/// <param name="Saturation">Half width of the saturation factor around 1; unitless, [0, 10].</param>
/// <param name="Hue">Largest hue shift to either side; turns of the colour circle, [0, 0.5].</param>
/// <param name="GreyscaleProbability">Probability of losing all colour; [0, 1].</param>
/// <param name="BlurProbability">Probability of Gaussian blur; [0, 1].</param>
/// <param name="BlurSigmaMin">Smallest standard deviation of the blur; pixels, (0, BlurSigmaMax].</param>
/// <param name="BlurSigmaMax">Largest standard deviation of the blur; pixels, (0, 100].</param>
/// <param name="Interpolation">Kernel of the resize.</param>
public sealed record ViewSettings(
    [Range(1, 1024)] int Size,
    [Range(0, 1.0, MinimumIsExclusive = true)] double MinArea,
    [Range(0, 1.0, MinimumIsExclusive = true)] double MaxArea,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double MinAspect,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double MaxAspect,
    [Range(0, 1.0)] double FlipProbability,
    [Range(0, 1.0)] double JitterProbability,
    [Range(0, 10.0)] double Brightness,
    [Range(0, 10.0)] double Contrast,
    [Range(0, 10.0)] double Saturation,
    [Range(0, 0.5)] double Hue,
    [Range(0, 1.0)] double GreyscaleProbability,
    [Range(0, 1.0)] double BlurProbability,
    [Range(0, 100.0, MinimumIsExclusive = true)] double BlurSigmaMin,
    [Range(0, 100.0, MinimumIsExclusive = true)] double BlurSigmaMax,
    Interpolation Interpolation) : ISelfChecked
{
    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if (MinArea > MaxArea) yield return ("minArea", $"at most maxArea, {MaxArea}");
        if (MinAspect > MaxAspect) yield return ("minAspect", $"at most maxAspect, {MaxAspect}");
        if (BlurSigmaMin > BlurSigmaMax) yield return ("blurSigmaMin", $"at most blurSigmaMax, {BlurSigmaMax}");
    }
}
