using Cmcd.Repro.Augmentations;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Augmentations;

public class ResizeMatrixTests
{
    [Fact]
    public void Crops_match_PyTorch_antialiased_interpolation()
    {
        using var scope = NewDisposeScope();
        var pixels = new float[PyTorchResizes.Height * PyTorchResizes.Width];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = PyTorchResizes.Pixel(i / PyTorchResizes.Width, i % PyTorchResizes.Width);
        var image = tensor(pixels, [1, 1, PyTorchResizes.Height, PyTorchResizes.Width]);

        foreach (var golden in PyTorchResizes.All)
        {
            var interpolation = Enum.Parse<Interpolation>(golden.Mode, ignoreCase: true);
            var crop = new Crop(golden.Top, golden.Left, golden.CropHeight, golden.CropWidth, Flip: false);
            var actual = Pictures.Values(Resize(image, crop, golden.Size, interpolation));

            // Grey levels of 0 to 255; the golden values are printed with six digits.
            Assert.All(golden.Values.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        }
    }

    [Theory]
    [InlineData(Interpolation.Bicubic, 17, 20, 9)]
    [InlineData(Interpolation.Bicubic, 6, 23, 9)]
    [InlineData(Interpolation.Bilinear, 20, 5, 12)]
    [InlineData(Interpolation.Bilinear, 1, 1, 4)]
    public void Mirrored_crop_matches_loops_over_pixels(Interpolation interpolation, int height, int width, int size)
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Noise(1, 3, 24, 26);
        var crop = new Crop(2, 3, height, width, Flip: true);

        var actual = Resize(images.to(float32).div(255), crop, size, interpolation);

        Assert.InRange(Pictures.Distance(actual, 0, PlainLoops.Resize(Pictures.Plain(images, 0), crop, size, interpolation, clip: false)), 0, 2e-6);
    }

    private static Tensor Resize(Tensor image, Crop crop, int size, Interpolation interpolation)
    {
        var (height, width) = ((int)image.shape[2], (int)image.shape[3]);
        var rows = ResizeMatrix.Zeros(1, size, height, out var rowMemory);
        var columns = ResizeMatrix.Zeros(1, size, width, out var columnMemory);
        ResizeMatrix.Fill(rowMemory, height, size, crop.Top, crop.Height, flip: false, interpolation);
        ResizeMatrix.Fill(columnMemory, width, size, crop.Left, crop.Width, crop.Flip, interpolation);
        return ResizeMatrix.Multiply(image, rows, columns);
    }
}
