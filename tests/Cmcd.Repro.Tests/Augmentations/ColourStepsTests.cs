using Cmcd.Repro.Augmentations;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Augmentations;

public class ColourStepsTests
{
    private static readonly PhotometricDraw Neutral = new(true, [0, 1, 2, 3], 1, 1, 1, 0, false, 0);

    /// <summary>Each operation alone, far enough to clip, then all in several orders; side by side in one batch.</summary>
    private static readonly PhotometricDraw[] Draws =
    [
        Neutral with { Brightness = 0.3f }, Neutral with { Brightness = 1.7f },
        Neutral with { Contrast = 0.25f }, Neutral with { Contrast = 2.5f },
        Neutral with { Saturation = 0 }, Neutral with { Saturation = 3 },
        Neutral with { Hue = 0.1f }, Neutral with { Hue = -0.35f }, Neutral with { Hue = 0.5f },
        Neutral with { Greyscale = true },
        new(true, [0, 1, 2, 3], 1.3f, 0.7f, 1.4f, 0.08f, false, 0),
        new(true, [3, 2, 1, 0], 1.3f, 0.7f, 1.4f, 0.08f, false, 0),
        new(true, [1, 3, 0, 2], 0.8f, 1.4f, 0.6f, -0.1f, false, 0),
        new(true, [2, 0, 3, 1], 1.4f, 1.4f, 1.4f, -0.1f, true, 0),
    ];

    [Theory]
    [InlineData(3, false)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(1, true)]
    public void Each_image_of_a_batch_matches_loops_over_its_pixels(int channels, bool ink)
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Noise(Draws.Length, channels, 8, 8);
        var views = images.to(float32).div(255);
        ColourSteps.Apply(views, Draws, ink);

        for (var n = 0; n < Draws.Length; n++)
            Assert.InRange(Pictures.Distance(views, n, PlainLoops.Colour(Pictures.Plain(images, n), Draws[n], ink)), 0, 3e-6);
    }

    /// <summary>torchvision 0.14.1: adjust_brightness, adjust_contrast, adjust_saturation and adjust_hue of one picture of four pixels.</summary>
    [Theory]
    [InlineData(ColourOperation.Brightness, 1.3f, new[] { 1, 0.13, 0.39, 0.65, 0.26, 0.91, 0.39, 0.585, 0.52, 0.78, 1, 0.65 })]
    [InlineData(ColourOperation.Contrast, 0.6f, new[] { .71688, .23688, .35688, .47688, .29688, .59688, .35688, .44688, .41688, .53688, .65688, .47688 })]
    [InlineData(ColourOperation.Saturation, 1.5f, new[] { 1, 0, 0.271515, 0.5147, 0.083995, 0.795405, 0.271515, 0.4397, 0.383995, 0.645405, 1, 0.5147 })]
    [InlineData(ColourOperation.Hue, 0.1f, new[] { 0.9, 0.1, 0.6, 0.5, 0.42, 0.44, 0.3, 0.45, 0.2, 0.7, 0.8, 0.47 })]
    [InlineData(ColourOperation.Hue, -0.3f, new[] { 0.2, 0.68, 0.3, 0.45, 0.26, 0.7, 0.8, 0.49, 0.9, 0.1, 0.4, 0.5 })]
    internal void Operations_are_those_of_torchvision(ColourOperation operation, float strength, double[] expected)
    {
        using var scope = NewDisposeScope();
        var views = tensor([0.9f, 0.1f, 0.3f, 0.5f, 0.2f, 0.7f, 0.3f, 0.45f, 0.4f, 0.6f, 0.8f, 0.5f], [1, 3, 2, 2]);
        var draw = operation switch
        {
            ColourOperation.Brightness => Neutral with { Brightness = strength },
            ColourOperation.Contrast => Neutral with { Contrast = strength },
            ColourOperation.Saturation => Neutral with { Saturation = strength },
            _ => Neutral with { Hue = strength },
        };
        ColourSteps.Apply(views, [draw], ink: false);

        // torchvision writes the red weight as 0.2989.
        Assert.All(expected.Zip(Pictures.Values(views)), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Images_without_jitter_keep_their_bits_beside_others_that_change(int channels)
    {
        using var scope = NewDisposeScope();
        var before = Pictures.Noise(2, channels, 8, 8).to(float32).div(255);
        var after = before.clone();
        ColourSteps.Apply(after, [Draws[10] with { Jittered = false }, Draws[10]], ink: false);

        Assert.Equal(Pictures.Values(before[0]), Pictures.Values(after[0]));
        Assert.NotEqual(Pictures.Values(before[1]), Pictures.Values(after[1]));
    }

    [Fact]
    public void Order_of_brightness_and_contrast_matters_on_one_channel()
    {
        using var scope = NewDisposeScope();
        var views = Pictures.Noise(1, 1, 8, 8).to(float32).div(255).expand(2, 1, 8, 8).contiguous();
        ColourSteps.Apply(views, [Draws[10], Draws[11]], ink: false);

        Assert.NotEqual(Pictures.Values(views[0]), Pictures.Values(views[1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Ink_keeps_white_white_and_black_ink_changes(int channels)
    {
        using var scope = NewDisposeScope();
        var views = ones(Draws.Length, channels, 8, 8);
        views.narrow(3, 0, 1).zero_();
        ColourSteps.Apply(views, Draws, ink: true);

        Assert.All(Pictures.Values(views.narrow(3, 1, 7)), paper => Assert.InRange(paper, 1 - 1e-6, 1));
        Assert.Equal(0.7, views[0, 0, 0, 0].item<float>(), 1e-6);     // ink 1 times 0.3
        Assert.Equal(0.75, views[2, 0, 0, 0].item<float>(), 1e-6);    // ink 1 times 0.25
    }

    [Fact]
    public void Without_ink_contrast_greys_the_paper_which_is_why_the_option_exists()
    {
        using var scope = NewDisposeScope();
        var views = ones(1, 1, 8, 8);
        views.narrow(3, 0, 4).zero_();
        ColourSteps.Apply(views, [Neutral with { Contrast = 0.5f }], ink: false);

        Assert.Equal(0.75, views[0, 0, 0, 7].item<float>(), 1e-6);
    }
}
