using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Randomness;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Augmentations;

public class ViewAugmentationTests
{
    private static readonly ViewOptions Everything = new() { Size = 24, BlurProbability = 0.5 };
    private static readonly int[] Ids = [4, 0, 17, 923, 5, 88];

    [Theory]
    [InlineData(1, false, Interpolation.Bicubic)]
    [InlineData(3, false, Interpolation.Bicubic)]
    [InlineData(3, true, Interpolation.Bilinear)]
    public void Views_match_the_drawn_parameters_applied_pixel_by_pixel(int channels, bool ink, Interpolation interpolation)
    {
        using var scope = NewDisposeScope();
        var options = Everything with { Ink = ink, Interpolation = interpolation };
        var images = Pictures.Noise(Ids.Length, channels, 28, 30);
        var views = new ViewAugmentation(options, seed: 3).Apply(images, Ids, epoch: 2, geometryView: 1, photometryView: 5);

        Assert.Equal([Ids.Length, channels, 24, 24], views.shape);
        for (var n = 0; n < Ids.Length; n++)
        {
            var geometry = new CounterRandom(3, Purpose.Geometry, 2, Ids[n], 1);
            var photometry = new CounterRandom(3, Purpose.Photometry, 2, Ids[n], 5);
            var crop = Crop.Draw(ref geometry, options, 28, 30);
            var draw = PhotometricDraw.Draw(ref photometry, options);
            Assert.InRange(Pictures.Distance(views, n, PlainLoops.View(Pictures.Plain(images, n), crop, draw, 24, interpolation, ink)), 0, 5e-6);
        }
    }

    [Theory]
    [InlineData(1), InlineData(3)]
    public void Whole_image_at_its_own_size_comes_back_exactly(int channels)
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Noise(3, channels, 32, 32);
        var still = new ViewOptions { MinArea = 1, MinAspect = 1, MaxAspect = 1, FlipProbability = 0, JitterProbability = 0, GreyscaleProbability = 0 };
        var views = new ViewAugmentation(still, 0).Apply(images, [0, 1, 2], 0, 0, 0);
        var mirrored = new ViewAugmentation(still with { FlipProbability = 1 }, 0).Apply(images, [0, 1, 2], 0, 0, 0);

        Assert.Equal(images.bytes.ToArray().Select(value => value / 255f), Pictures.Values(views));
        Assert.Equal(Pictures.Values(views.flip(3)), Pictures.Values(mirrored));
    }

    [Fact]
    public void Both_sides_of_a_pair_share_geometry_but_not_colours()
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Noise(Ids.Length, 1, 32, 32);
        var onlyGeometry = new ViewAugmentation(new ViewOptions { JitterProbability = 0, GreyscaleProbability = 0 }, 0);
        var onlyColours = new ViewAugmentation(new ViewOptions { MinArea = 1, MinAspect = 1, MaxAspect = 1, FlipProbability = 0, JitterProbability = 1 }, 0);

        // A depth map and its copy in three channels, as source and target of the same pair.
        var source = onlyGeometry.Apply(images.expand(-1, 3, -1, -1), Ids, 0, geometryView: 0, photometryView: 0);
        var target = onlyGeometry.Apply(images, Ids, 0, geometryView: 0, photometryView: 1);
        Assert.Equal(Pictures.Values(target), Pictures.Values(source.narrow(1, 0, 1)));
        Assert.NotEqual(Pictures.Values(target), Pictures.Values(onlyGeometry.Apply(images, Ids, 0, geometryView: 1, photometryView: 1)));

        float[] Coloured(int geometryView, int photometryView) => Pictures.Values(onlyColours.Apply(images, Ids, 0, geometryView, photometryView));
        Assert.NotEqual(Coloured(0, 0), Coloured(0, 1));
        Assert.Equal(Coloured(0, 0), Coloured(1, 0));
    }

    [Theory]
    [InlineData(1, 28), InlineData(3, 28), InlineData(1, 200), InlineData(3, 200)]
    public void Bits_of_a_view_do_not_depend_on_the_rest_of_the_batch_or_its_order(int channels, int side)
    {
        using var scope = NewDisposeScope();
        var augmentation = new ViewAugmentation(Everything with { Size = side }, 9);
        var images = Pictures.Noise(Ids.Length, channels, side + 5, side);
        var together = augmentation.Apply(images, Ids, 1, 0, 0);
        var reversed = augmentation.Apply(images.flip(0), [.. Ids.Reverse()], 1, 0, 0);

        for (var n = 0; n < Ids.Length; n++)
        {
            var alone = augmentation.Apply(images.narrow(0, n, 1), [Ids[n]], 1, 0, 0);
            Assert.Equal(Pictures.Values(together[n]), Pictures.Values(alone));
            Assert.Equal(Pictures.Values(together[n]), Pictures.Values(reversed[Ids.Length - 1 - n]));
        }
    }

    [Theory]
    [InlineData(1, 32, 64), InlineData(3, 32, 64), InlineData(1, 32, 1), InlineData(1, 200, 1), InlineData(3, 200, 1), InlineData(3, 200, 6)]
    public void Bits_do_not_depend_on_the_number_of_threads(int channels, int side, int count)
    {
        using var scope = NewDisposeScope();
        var augmentation = new ViewAugmentation(Everything with { Size = side }, 9);
        var images = Pictures.Noise(count, channels, side, side + 5);
        var ids = Enumerable.Range(0, count).ToArray();
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var one = Pictures.Values(augmentation.Apply(images, ids, 1, 0, 0));
            foreach (var more in new[] { 2, 3 })
            {
                set_num_threads(more);
                Assert.Equal(one, Pictures.Values(augmentation.Apply(images, ids, 1, 0, 0)));
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void Values_stay_between_zero_and_one_and_epochs_differ()
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Noise(Ids.Length, 3, 40, 40);
        var wild = new ViewAugmentation(Everything with { Brightness = 3, Contrast = 5, Saturation = 5, Hue = 0.5, JitterProbability = 1 }, 1);
        var first = Pictures.Values(wild.Apply(images, Ids, 0, 0, 0));

        Assert.All(first, value => Assert.InRange(value, 0f, 1f));
        Assert.NotEqual(first, Pictures.Values(wild.Apply(images, Ids, 1, 0, 0)));
    }

    [Theory]
    [InlineData(1), InlineData(3)]
    public void White_paper_stays_white_through_the_whole_view_of_ink(int channels)
    {
        using var scope = NewDisposeScope();
        var paper = full(Ids.Length, channels, 40, 40, 255, dtype: uint8);
        var views = new ViewAugmentation(Everything with { Size = 32, Ink = true, JitterProbability = 1, BlurProbability = 1 }, 1).Apply(paper, Ids, 0, 0, 0);

        Assert.All(Pictures.Values(views), value => Assert.InRange(value, 1 - 2e-6, 1));
    }

    [Fact]
    public void Nothing_is_left_behind_after_fifty_calls()
    {
        using var images = Pictures.Noise(Ids.Length, 3, 32, 32);
        var augmentation = new ViewAugmentation(Everything, 1);
        for (var i = 0; i < 2; i++) augmentation.Apply(images, Ids, i, 0, 0).Dispose();

        var before = Tensor.TotalCount;
        for (var i = 0; i < 50; i++)
        {
            augmentation.Apply(images, Ids, i, 0, 0).Dispose();
            TestView.Apply(images, 24).Dispose();
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Wrong_arguments_are_refused_with_what_was_found()
    {
        using var scope = NewDisposeScope();
        var augmentation = new ViewAugmentation(new ViewOptions(), 0);

        Assert.Contains("2 ids for 3 images", Assert.Throws<ArgumentException>(() => augmentation.Apply(Pictures.Noise(3, 1, 8, 8), [0, 1], 0, 0, 0)).Message);
        Assert.Contains("Byte [1, 2, 8, 8]", Assert.Throws<ArgumentException>(() => augmentation.Apply(Pictures.Noise(1, 2, 8, 8), [0], 0, 0, 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => augmentation.Apply(Pictures.Noise(1, 1, 8, 8), [-1], 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ViewAugmentation(new ViewOptions(), -1));
    }
}
