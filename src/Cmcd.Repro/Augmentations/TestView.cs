using static TorchSharp.torch;

namespace Cmcd.Repro.Augmentations;

/// <summary>The one view of an image that is used for testing: no randomness.</summary>
/// <remarks>
/// Images with a side above 32 pixels: the central square of 0.875 times the shorter side, resized with antialiasing (SimCLR's
/// test crop). Smaller ones: the whole image, resized if it is not already square of the right size.
/// Source: google-research/simclr, data_util.py, preprocess_for_eval.
/// </remarks>
public static class TestView
{
    private const double Kept = 0.875;
    private const int LargestUncropped = 32;

    /// <param name="images">uint8 [N, C, H, W], C = 1 or 3, any device.</param>
    /// <param name="size">Side of the view; pixels, at least 1.</param>
    /// <param name="interpolation">Kernel of the resize.</param>
    /// <returns>float32 [N, C, size, size] in [0, 1], in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">images has another type or shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">size is below 1.</exception>
    public static Tensor Apply(Tensor images, int size, Interpolation interpolation = Interpolation.Bicubic)
    {
        UnitRange.RequireImages(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        using var scope = NewDisposeScope();
        var (height, width) = ((int)images.shape[2], (int)images.shape[3]);
        var pixels = images.to(float32);
        if (Math.Max(height, width) > LargestUncropped)
        {
            var side = Math.Max((int)Math.Round(Kept * Math.Min(height, width)), 1);
            pixels = Resize(pixels, size, (height - side + 1) / 2, (width - side + 1) / 2, side, side, interpolation);
        }
        else
        {
            pixels = ResizeWhole(pixels, size, interpolation);
        }

        return UnitRange.FromBytes(pixels).MoveToOuterDisposeScope();
    }

    /// <summary>The whole image whatever its size, for segmentation: every labelled pixel is asked for, so none may be cut off.</summary>
    /// <inheritdoc cref="Apply"/>
    public static Tensor Whole(Tensor images, int size, Interpolation interpolation = Interpolation.Bicubic)
    {
        UnitRange.RequireImages(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        using var scope = NewDisposeScope();
        return UnitRange.FromBytes(ResizeWhole(images.to(float32), size, interpolation)).MoveToOuterDisposeScope();
    }

    private static Tensor ResizeWhole(Tensor pixels, int size, Interpolation interpolation)
    {
        var (height, width) = ((int)pixels.shape[2], (int)pixels.shape[3]);
        return height == size && width == size ? pixels : Resize(pixels, size, 0, 0, height, width, interpolation);
    }

    private static Tensor Resize(Tensor pixels, int size, int top, int left, int height, int width, Interpolation interpolation)
    {
        var (fullHeight, fullWidth) = ((int)pixels.shape[2], (int)pixels.shape[3]);
        var rows = ResizeMatrix.Zeros(1, size, fullHeight, out var rowMemory);
        var columns = ResizeMatrix.Zeros(1, size, fullWidth, out var columnMemory);
        ResizeMatrix.Fill(rowMemory, fullHeight, size, top, height, flip: false, interpolation);
        ResizeMatrix.Fill(columnMemory, fullWidth, size, left, width, flip: false, interpolation);
        return ResizeMatrix.Multiply(pixels, rows, columns);
    }
}
