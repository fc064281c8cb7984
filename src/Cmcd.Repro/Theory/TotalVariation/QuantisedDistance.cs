using Cmcd.Repro.Randomness;
using static TorchSharp.torch;

namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>E2: total variation between the shares of both sides in the cells of a codebook.</summary>
/// <remarks>
/// TV = ½ Σ_k |p_k - q_k|. The true shares give at most the features' TV (data processing); counting adds noise, about √((k - 1) / (π n)) with n items a side and
/// nothing to find, so the mean over permutations stands beside it. The codebook is k-means of a third of the items, which is then not counted.
/// </remarks>
public static class QuantisedDistance
{
    private const int Permutations = 200;
    private const int SplitUse = 3, PermutationUse = 4;

    /// <summary>Between two histograms of one length; shares or counts, each side is divided by its sum.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a side sums to nothing.</exception>
    public static double Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (one, other) = (first.Sum(), second.Sum());
        if (first.Count != second.Count || !(one > 0 && other > 0))
            throw new ArgumentException($"Expected two histograms of one length with something in them, got {first.Count} and {second.Count} cells that sum to {one} and {other}.");
        return first.Zip(second, (p, q) => Math.Abs((p / one) - (q / other))).Sum() / 2;
    }

    /// <summary>The plug-in and its permutation null.</summary>
    /// <param name="source">[N, D], N ≥ 3.</param>
    /// <param name="target">[M, D]. Where M = N, rows i belong to one item and fall into the same part.</param>
    /// <param name="cells">k of the codebook, at least 2.</param>
    /// <param name="seed">Of split, codebook and permutations.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or the third that makes the codebook has fewer items than cells.</exception>
    public static QuantisedEstimate Measure(Tensor source, Tensor target, int cells, long seed)
    {
        FeatureMatrices.RequireOneSpace(source, target, 3);
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var (sourceFit, sourceCount) = Parts(source, seed, 0);
        var (targetFit, targetCount) = Parts(target, seed, source.shape[0] == target.shape[0] ? 0 : 1);
        var codebook = KMeans.Fit(cat([sourceFit, targetFit]), cells, seed);
        var cellOf = KMeans.Assign(cat([sourceCount, targetCount]), codebook);
        var split = (int)sourceCount.shape[0];
        var shuffled = 0.0;
        for (var draw = 0; draw < Permutations; draw++)
            shuffled += Between(Array.ConvertAll(new CounterRandom(seed, Purpose.Estimator, PermutationUse, draw).NextPermutation(cellOf.Length), i => cellOf[i]));
        return new(Between(cellOf), shuffled / Permutations);

        double Between(int[] all)
        {
            var (first, second) = (new double[cells], new double[cells]);
            for (var i = 0; i < all.Length; i++) (i < split ? first : second)[all[i]]++;
            return Of(first, second);
        }
    }

    private static (Tensor Fit, Tensor Count) Parts(Tensor features, long seed, int side)
    {
        var order = new CounterRandom(seed, Purpose.Estimator, SplitUse, side).NextPermutation((int)features.shape[0]);
        var (all, third) = (features.detach().to(float64), order.Length / 3);
        return (all[tensor(order[..third], dtype: int64, device: features.device)], all[tensor(order[third..], dtype: int64, device: features.device)]);
    }
}
