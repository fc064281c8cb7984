using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Cmcd.Repro.Augmentations;

/// <summary>An antialiased crop-and-resize of one axis as a matrix [size, length]: row i holds the weights of output pixel i.</summary>
/// <remarks>Window, centre and normalisation are those of PyTorch's and Pillow's antialiased resize: the kernel is cut at the crop's edge.</remarks>
internal static class ResizeMatrix
{
    /// <summary>Zeros [count, 1, rows, columns] on the CPU; their memory is the span, so matrices are built in place and uploaded once.</summary>
    public static Tensor Zeros(int count, int rows, int columns, out Span<float> memory)
    {
        var matrices = zeros(count, 1, rows, columns);
        memory = MemoryMarshal.Cast<byte, float>(matrices.bytes);
        return matrices;
    }

    /// <summary>Writes the weights of the source pixels begin … begin + length - 1 into a zeroed matrix [size, stride].</summary>
    public static void Fill(Span<float> matrix, int stride, int size, int begin, int length, bool flip, Interpolation interpolation)
    {
        var scale = (double)length / size;
        var stretch = Math.Max(scale, 1);
        var support = stretch * (interpolation == Interpolation.Bicubic ? 2 : 1);
        for (var i = 0; i < size; i++)
        {
            var centre = scale * (i + 0.5);
            var first = Math.Max((int)(centre - support + 0.5), 0);
            var end = Math.Min((int)(centre + support + 0.5), length);
            var sum = 0.0;
            for (var j = first; j < end; j++) sum += Weight(interpolation, (j + 0.5 - centre) / stretch);

            var row = matrix.Slice((flip ? size - 1 - i : i) * stride, stride);
            for (var j = first; j < end; j++) row[begin + j] = (float)(Weight(interpolation, (j + 0.5 - centre) / stretch) / sum);
        }
    }

    /// <summary>rows · image · columnsᵀ for every image and channel.</summary>
    /// <param name="images">[N, C, H, W], float.</param>
    /// <param name="rows">[N or 1, 1, S, H].</param>
    /// <param name="columns">[N or 1, 1, S, W].</param>
    /// <returns>[N, C, S, S].</returns>
    public static Tensor Multiply(Tensor images, Tensor rows, Tensor columns) =>
        rows.to(images.device).matmul(images).matmul(columns.to(images.device).transpose(-1, -2));

    private static double Weight(Interpolation interpolation, double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        return interpolation switch
        {
            Interpolation.Bilinear => Math.Max(1 - x, 0),
            _ when x < 1 => ((((a + 2) * x) - (a + 3)) * x * x) + 1,
            _ when x < 2 => (((((x - 5) * x) + 8) * x) - 4) * a,
            _ => 0,
        };
    }
}
