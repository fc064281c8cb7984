using Cmcd.Repro.Augmentations;

namespace Cmcd.Repro.Tests.Augmentations;

public class ViewOptionsTests
{
    public static TheoryData<string, ViewOptions> Faults => new()
    {
        { "Size", new() { Size = 0 } },
        { "MinArea", new() { MinArea = 0 } },
        { "MinArea", new() { MinArea = 0.6, MaxArea = 0.5 } },
        { "MaxArea", new() { MaxArea = 1.01 } },
        { "MinAspect", new() { MinAspect = 2 } },
        { "MaxAspect", new() { MaxAspect = double.NaN } },
        { "FlipProbability", new() { FlipProbability = -0.1 } },
        { "JitterProbability", new() { JitterProbability = 1.1 } },
        { "Brightness", new() { Brightness = -1 } },
        { "Contrast", new() { Contrast = double.PositiveInfinity } },
        { "Saturation", new() { Saturation = double.NaN } },
        { "Hue", new() { Hue = 0.6 } },
        { "GreyscaleProbability", new() { GreyscaleProbability = 2 } },
        { "BlurProbability", new() { BlurProbability = 2 } },
        { "BlurSigmaMin", new() { BlurSigmaMin = 0 } },
        { "BlurSigmaMax", new() { BlurSigmaMax = 0 } },
        { "Interpolation", new() { Interpolation = (Interpolation)7 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Value_out_of_range_is_refused_by_name(string name, ViewOptions options)
    {
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(options.Validate).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ViewAugmentation(options, seed: 0));
    }

    [Fact]
    public void Defaults_are_valid() => new ViewOptions().Validate();
}
