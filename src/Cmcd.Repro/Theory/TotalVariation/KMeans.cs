using Cmcd.Repro.Randomness;
using static TorchSharp.torch;

namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>Lloyd's algorithm from k-means++ seeds (Arthur and Vassilvitskii 2007): a codebook for <see cref="QuantisedDistance"/>.</summary>
internal static class KMeans
{
    private const int Rounds = 100;   // a stop for the rare case that does not settle
    private const int SeedUse = 5;

    /// <summary>Centres [k, D] of the items [N, D], float64, in the caller's dispose scope.</summary>
    /// <exception cref="ArgumentException">There are fewer items than centres.</exception>
    public static Tensor Fit(Tensor items, int centres, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(centres, 2);
        if (items.shape[0] < centres) throw new ArgumentException($"Expected at least {centres} items for {centres} centres, got {items.shape[0]}.", nameof(items));
        using var scope = NewDisposeScope();
        var codebook = Seeds(items, centres, seed);
        int[] last = [];
        for (var round = 0; round < Rounds; round++)
        {
            var assigned = Assign(items, codebook);
            if (assigned.SequenceEqual(last)) break;
            last = assigned;
            var member = nn.functional.one_hot(tensor(assigned, dtype: int64, device: items.device), centres).to(float64);   // [N, k]
            var sizes = member.sum(dim: 0).unsqueeze(1);                                                               // [k, 1]
            codebook = where(sizes > 0, member.t().matmul(items) / sizes.clamp_min(1), codebook);                    // an empty cell stays where it was
        }

        return codebook.MoveToOuterDisposeScope();
    }

    /// <summary>The nearest centre of each item.</summary>
    public static int[] Assign(Tensor items, Tensor codebook)
    {
        using var scope = NewDisposeScope();
        return Array.ConvertAll(Squares(items, codebook).argmin(1).cpu().data<long>().ToArray(), centre => (int)centre);
    }

    private static Tensor Seeds(Tensor items, int centres, long seed)
    {
        var random = new CounterRandom(seed, Purpose.Estimator, SeedUse);
        var chosen = new List<long> { random.NextInt((int)items.shape[0]) };
        while (chosen.Count < centres)
        {
            using var scope = NewDisposeScope();
            var reach = Squares(items, items[tensor(chosen.ToArray(), device: items.device)]).amin([1]).cumsum(0).cpu().data<double>().ToArray();
            var mark = random.NextUniform() * reach[^1];
            var at = Array.FindIndex(reach, sum => sum > mark);
            chosen.Add(at >= 0 ? at : 0);   // all items lie on the centres: any will do
        }

        return items[tensor(chosen.ToArray(), device: items.device)];
    }

    private static Tensor Squares(Tensor items, Tensor codebook) =>
        (items.square().sum(1, keepdim: true) - (2 * items.matmul(codebook.t())) + codebook.square().sum(1)).clamp_min(0);   // [N, k]
}
