using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Augmentations;

/// <summary>Pixels between 0 and 1.</summary>
internal static class UnitRange
{
    // Kept for the whole program: an implicit conversion would leave one finalizable object per call.
    private static readonly Scalar Zero = 0f.ToScalar();
    private static readonly Scalar One = 1f.ToScalar();
    private static readonly Scalar Full = 255f.ToScalar();

    /// <summary>Clips in place to [0, 1].</summary>
    public static Tensor Clip(Tensor pixels) => pixels.clamp_(Zero, One);

    /// <summary>Divides in place by 255, then clips: a resized 8-bit image.</summary>
    public static Tensor FromBytes(Tensor pixels) => Clip(pixels.div_(Full));

    /// <exception cref="ArgumentException">images is not uint8 [N, 1 or 3, H, W] with at least one pixel.</exception>
    public static void RequireImages(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dtype != ScalarType.Byte || images.dim() != 4 || images.shape[1] is not (1 or 3) || images.numel() == 0)
            throw new ArgumentException($"Expected uint8 images [N, 1 or 3, H, W], got {images.dtype} [{string.Join(", ", images.shape)}].", nameof(images));
    }
}
