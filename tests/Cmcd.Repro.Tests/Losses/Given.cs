using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Losses;

/// <summary>Literal inputs of the losses' tests.</summary>
internal static class Given
{
    /// <summary>Three teacher features of unit length, [3, 2].</summary>
    public static readonly double[][] Teacher = [[1, 0], [0.6, 0.8], [0, 1]];

    /// <summary>Their students, before normalisation, [3, 2].</summary>
    public static readonly double[][] Student = [[2, 1], [1, 1], [-1, 2]];

    /// <summary>Uneven numbers without a generator: the same on every machine.</summary>
    public static double[][] Wave(int rows, int columns, double phase) =>
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns)
            .Select(j => Math.Sin(phase + (1.7 * i) + (2.3 * j) + (0.41 * i * j))).ToArray())];

    public static Tensor Matrix(double[][] rows, ScalarType type = ScalarType.Float32) =>
        tensor(rows.SelectMany(row => row).ToArray(), rows.Length, rows[0].Length, dtype: type);

    /// <summary>[N, C, H, W] of uneven numbers.</summary>
    public static Tensor Map(long[] shape, double phase, ScalarType type = ScalarType.Float64) =>
        Matrix(Wave((int)shape[0], (int)(shape[1] * shape[2] * shape[3]), phase), type).view(shape);
}
