using Cmcd.Repro.Augmentations;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Augmentations;

public class GaussianBlurTests
{
    [Theory]
    [InlineData(224, 23), InlineData(96, 9), InlineData(64, 7), InlineData(32, 3), InlineData(19, 1)]
    public void Kernel_grows_with_the_image_as_in_the_official_code(int size, int kernel) => Assert.Equal(kernel, GaussianBlur.KernelSize(size));

    [Theory]
    [InlineData(3, new[] { 0.274069, 0.451863, 0.274069 })]
    [InlineData(5, new[] { 0.054489, 0.244201, 0.402620, 0.244201, 0.054489 })]
    public void Kernels_of_width_one_have_the_published_weights(int size, double[] expected) =>
        Assert.All(expected.Zip(GaussianBlur.Kernel(size, 1)), pair => Assert.Equal(pair.First, pair.Second, 6e-7));

    [Theory]
    [InlineData(1), InlineData(3)]
    public void Each_image_is_blurred_with_its_own_width_and_reflected_edges(int channels)
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Noise(3, channels, 40, 40);
        float[] sigmas = [0.1f, 0.9f, 2f];
        var blurred = GaussianBlur.Apply(images.to(float32).div(255), Array.ConvertAll(sigmas, Draw));

        for (var n = 0; n < sigmas.Length; n++)
            Assert.InRange(Pictures.Distance(blurred, n, PlainLoops.Blur(Pictures.Plain(images, n), 5, sigmas[n])), 0, 2e-6);
    }

    [Fact]
    public void Image_without_blur_keeps_its_bits()
    {
        using var scope = NewDisposeScope();
        var views = Pictures.Noise(2, 3, 40, 40).to(float32).div(255);
        var blurred = GaussianBlur.Apply(views, [Draw(0), Draw(1)]);

        Assert.Equal(Pictures.Values(views[0]), Pictures.Values(blurred[0]));
        Assert.NotEqual(Pictures.Values(views[1]), Pictures.Values(blurred[1]));
    }

    private static PhotometricDraw Draw(float sigma) => new(false, [0, 1, 2, 3], 1, 1, 1, 0, false, sigma);
}
