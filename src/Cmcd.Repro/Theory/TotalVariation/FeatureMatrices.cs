using static TorchSharp.torch;

namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>The feature matrices an estimator accepts; every refusal names what was expected and what came.</summary>
internal static class FeatureMatrices
{
    /// <summary>Two [N, D], [N, D'] with the same items in the same order, N ≥ 3: with two items the distribution without diagonal is constant.</summary>
    public static void RequirePaired(Tensor source, Tensor target)
    {
        if (source.dim() != 2 || target.dim() != 2 || source.shape[0] != target.shape[0] || source.shape[0] < 3)
            throw new ArgumentException($"Expected two feature matrices [N, D] and [N, D'] of the same items, N at least 3, got {Text(source)} and {Text(target)}.");
    }

    /// <summary>Two [N, D], [M, D] of one space, each with at least <paramref name="least"/> rows.</summary>
    public static void RequireOneSpace(Tensor source, Tensor target, int least)
    {
        if (source.dim() != 2 || target.dim() != 2 || source.shape[1] != target.shape[1] || source.shape[1] == 0 || Math.Min(source.shape[0], target.shape[0]) < least)
            throw new ArgumentException($"Expected two feature matrices [N, D] and [M, D] of one D, N and M at least {least}, got {Text(source)} and {Text(target)}.");
    }

    private static string Text(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
