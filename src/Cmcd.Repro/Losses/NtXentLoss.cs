using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Cmcd.Repro.Losses;

/// <summary>SimCLR's loss between two views of the same items: each view finds its partner among the 2N - 1 others.</summary>
/// <remarks>
/// Source: arXiv 2405.03355, Eq. (1) and (4); Chen et al. 2020, Eq. (1). temperature is the paper's τ.
/// L = 1/(2N) Σ_i [ -s(i, partner(i)) + log Σ_{k ≠ i} exp s(i, k) ], s = cosine / τ. Value in nats, ≥ 0; ln(2N - 1) when all cosines are equal.
/// The official code adds the means of the two views: its value is twice this one.
/// Gradients reach both arguments.
/// </remarks>
public sealed class NtXentLoss : Module<Tensor, Tensor, Tensor>
{
    private readonly double _temperature;

    /// <param name="temperature">Divides cosine similarity; unitless, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">temperature is zero or negative.</exception>
    public NtXentLoss(double temperature) : base(nameof(NtXentLoss))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        _temperature = temperature;
    }

    /// <param name="first">Features of one view, [N, D], float, N ≥ 2; any length, they are normalised here.</param>
    /// <param name="second">Features of the other view of the same items, [N, D].</param>
    /// <returns>Mean loss over the 2N views, [].</returns>
    /// <exception cref="ArgumentException">The shapes are not one [N, D], or N is 1.</exception>
    public override Tensor forward(Tensor first, Tensor second)
    {
        Shapes.RequireMatrices(first, second);
        using var scope = NewDisposeScope();

        var count = first.shape[0];
        var views = normalize(cat([first, second]), dim: 1);                                            // [2N, D]
        var self = eye(2 * count, dtype: ScalarType.Bool, device: first.device);                        // [2N, 2N]
        // Masked, not subtracted: a subtracted exp(1/τ) would leave a gradient through the self-pair.
        var logits = (views.matmul(views.t()) / _temperature).masked_fill(self, double.NegativeInfinity);
        var partner = arange(2 * count, device: first.device).roll(count);                              // [2N], row i ↔ row i ± N
        return cross_entropy(logits, partner).MoveToOuterDisposeScope();
    }
}
