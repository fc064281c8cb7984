namespace Cmcd.Repro.Augmentations;

/// <summary>What a random view of an image is made of. The defaults are SimCLR's recipe for small images (strength 0.5, no blur).</summary>
/// <remarks>Source: google-research/simclr, data_util.py; arXiv 2002.05709, Appendix A.</remarks>
public sealed record ViewOptions
{
    /// <summary>Side of the square view; pixels, at least 1. Default 32.</summary>
    public int Size { get; init; } = 32;

    /// <summary>Smallest crop; fraction of the image's area, (0, MaxArea]. Default 0.08.</summary>
    public double MinArea { get; init; } = 0.08;

    /// <summary>Largest crop; fraction of the image's area, [MinArea, 1]. Default 1.</summary>
    public double MaxArea { get; init; } = 1;

    /// <summary>Narrowest crop; width / height, (0, MaxAspect]. Default 3/4.</summary>
    public double MinAspect { get; init; } = 3.0 / 4;

    /// <summary>Widest crop; width / height, at least MinAspect. Default 4/3.</summary>
    public double MaxAspect { get; init; } = 4.0 / 3;

    /// <summary>Kernel of the resize. Default bicubic.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bicubic;

    /// <summary>Probability of a mirror image, left and right exchanged; [0, 1]. Default 0.5.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>Probability that the four colour operations are applied at all; [0, 1]. Default 0.8.</summary>
    public double JitterProbability { get; init; } = 0.8;

    /// <summary>Half width of the brightness factor around 1, cut at 0; unitless, [0, 10]. Default 0.4.</summary>
    public double Brightness { get; init; } = 0.4;

    /// <summary>Half width of the contrast factor around 1, cut at 0; unitless, [0, 10]. Default 0.4.</summary>
    public double Contrast { get; init; } = 0.4;

    /// <summary>Half width of the saturation factor around 1, cut at 0; unitless, [0, 10]. Default 0.4.</summary>
    public double Saturation { get; init; } = 0.4;

    /// <summary>Largest hue shift to either side; turns of the colour circle, [0, 0.5]. Default 0.1.</summary>
    public double Hue { get; init; } = 0.1;

    /// <summary>Probability of losing all colour, after the jitter; [0, 1]. Default 0.2.</summary>
    public double GreyscaleProbability { get; init; } = 0.2;

    /// <summary>Probability of Gaussian blur; [0, 1]. Default 0 (SimCLR: 0.5 at 224 pixels, none at 32).</summary>
    public double BlurProbability { get; init; }

    /// <summary>Smallest standard deviation of the blur; pixels of the view, (0, BlurSigmaMax]. Default 0.1.</summary>
    public double BlurSigmaMin { get; init; } = 0.1;

    /// <summary>Largest standard deviation of the blur; pixels of the view, [BlurSigmaMin, 100]. Default 2.</summary>
    public double BlurSigmaMax { get; init; } = 2;

    /// <summary>The images are ink on white paper: brightness and contrast both scale the ink 1 - x, so paper stays white. Default false.</summary>
    public bool Ink { get; init; }

    /// <summary>Checks every range above.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range or not a number; the message names it and the range.</exception>
    public void Validate()
    {
        Require(nameof(Size), Size, 1, int.MaxValue);
        Require(nameof(MaxArea), MaxArea, double.Epsilon, 1);
        Require(nameof(MinArea), MinArea, double.Epsilon, MaxArea);
        Require(nameof(MaxAspect), MaxAspect, double.Epsilon, double.MaxValue);
        Require(nameof(MinAspect), MinAspect, double.Epsilon, MaxAspect);
        Require(nameof(FlipProbability), FlipProbability, 0, 1);
        Require(nameof(JitterProbability), JitterProbability, 0, 1);
        Require(nameof(Brightness), Brightness, 0, 10);
        Require(nameof(Contrast), Contrast, 0, 10);
        Require(nameof(Saturation), Saturation, 0, 10);
        Require(nameof(Hue), Hue, 0, 0.5);
        Require(nameof(GreyscaleProbability), GreyscaleProbability, 0, 1);
        Require(nameof(BlurProbability), BlurProbability, 0, 1);
        Require(nameof(BlurSigmaMax), BlurSigmaMax, double.Epsilon, 100);
        Require(nameof(BlurSigmaMin), BlurSigmaMin, double.Epsilon, BlurSigmaMax);
        if (!Enum.IsDefined(Interpolation)) throw new ArgumentOutOfRangeException(nameof(Interpolation), Interpolation, "Known: Bicubic, Bilinear.");
    }

    private static void Require(string name, double value, double low, double high)
    {
        // Written so that NaN fails too.
        if (value >= low && value <= high) return;

        var range = low == double.Epsilon ? $"above 0 and at most {high}" : $"from {low} to {high}";
        throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
    }
}
