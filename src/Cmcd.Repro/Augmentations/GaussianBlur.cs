using static TorchSharp.torch;

namespace Cmcd.Repro.Augmentations;

/// <summary>Gaussian blur with its own width for each image, as a banded matrix per image; no blur is the identity matrix.</summary>
/// <remarks>
/// Kernel side 2·⌊⌊S/10⌋/2⌋ + 1 (224 → 23, 32 → 3), as in the official code; below 20 pixels it is 1 and nothing happens.
/// Departs: edges are reflected, as torchvision does; the official code pads with zeros, which darkens the border.
/// </remarks>
internal static class GaussianBlur
{
    public static int KernelSize(int size) => (2 * (size / 10 / 2)) + 1;

    /// <summary>Weights of a kernel of the given odd size, normalised to sum 1.</summary>
    public static double[] Kernel(int size, double sigma)
    {
        var weights = new double[size];
        for (var i = 0; i < size; i++) weights[i] = Math.Exp(-Math.Pow((i - (size / 2)) / sigma, 2) / 2);

        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <param name="views">[N, C, S, S], float, in [0, 1].</param>
    /// <param name="draws">Parameters of the N views.</param>
    /// <returns>[N, C, S, S], in [0, 1].</returns>
    public static Tensor Apply(Tensor views, ReadOnlySpan<PhotometricDraw> draws)
    {
        using var scope = NewDisposeScope();
        var size = (int)views.shape[3];
        var matrices = ResizeMatrix.Zeros(draws.Length, size, size, out var memory);
        for (var i = 0; i < draws.Length; i++)
            Fill(memory.Slice(i * size * size, size * size), size, draws[i].BlurSigma);

        return UnitRange.Clip(ResizeMatrix.Multiply(views, matrices, matrices)).MoveToOuterDisposeScope();
    }

    private static void Fill(Span<float> matrix, int size, float sigma)
    {
        var kernel = sigma > 0 ? Kernel(KernelSize(size), sigma) : [1.0];
        var radius = kernel.Length / 2;
        for (var i = 0; i < size; i++)
        {
            for (var k = -radius; k <= radius; k++)
            {
                var j = Math.Abs(i + k);                              // reflects at the first pixel, without repeating it
                if (j >= size) j = (2 * (size - 1)) - j;
                matrix[(i * size) + j] += (float)kernel[k + radius];
            }
        }
    }
}
