using Cmcd.Repro.Augmentations;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Augmentations;

public class TestViewTests
{
    [Theory]
    [InlineData(1), InlineData(3)]
    public void Image_of_32_pixels_is_only_divided_by_255(int channels)
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Noise(2, channels, 32, 32);

        Assert.Equal(images.bytes.ToArray().Select(value => value / 255f), Pictures.Values(TestView.Apply(images, 32)));
    }

    [Theory]
    [InlineData(64, 64, 32, 4, 4, 56)]     // 0.875 · 64 = 56
    [InlineData(40, 50, 24, 3, 8, 35)]     // 0.875 · 40 = 35; offsets (40 - 35 + 1) / 2 and (50 - 35 + 1) / 2
    public void Larger_image_loses_its_margin_before_the_resize(int height, int width, int size, int top, int left, int side)
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Noise(2, 3, height, width);
        var views = TestView.Apply(images, size);

        var crop = new Crop(top, left, side, side, Flip: false);
        for (var n = 0; n < 2; n++)
            Assert.InRange(Pictures.Distance(views, n, PlainLoops.Resize(Pictures.Plain(images, n), crop, size, Interpolation.Bicubic)), 0, 2e-6);
    }

    [Fact]
    public void Small_image_of_another_size_is_resized_whole()
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Noise(1, 1, 28, 20);
        var views = TestView.Apply(images, 32, Interpolation.Bilinear);

        var whole = new Crop(0, 0, 28, 20, Flip: false);
        Assert.InRange(Pictures.Distance(views, 0, PlainLoops.Resize(Pictures.Plain(images, 0), whole, 32, Interpolation.Bilinear)), 0, 2e-6);
    }

    [Fact]
    public void Whole_view_of_a_large_image_cuts_nothing_off()
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Noise(2, 3, 40, 64);
        var views = TestView.Whole(images, 48);

        for (var n = 0; n < 2; n++)
            Assert.InRange(Pictures.Distance(views, n, PlainLoops.Resize(Pictures.Plain(images, n), new Crop(0, 0, 40, 64, Flip: false), 48, Interpolation.Bicubic)), 0, 2e-6);

        var same = Pictures.Noise(1, 1, 64, 64);
        Assert.Equal(same.bytes.ToArray().Select(value => value / 255f), Pictures.Values(TestView.Whole(same, 64)));
    }

    [Fact]
    public void Float_images_are_refused_with_type_and_shape()
    {
        using var images = zeros(2, 3, 8, 8);
        Assert.Contains("Float32 [2, 3, 8, 8]", Assert.Throws<ArgumentException>(() => TestView.Apply(images, 8)).Message);
    }
}
