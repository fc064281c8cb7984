using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Losses;

/// <summary>Cross-entropy of segmentation: a class for each pixel, void pixels left out.</summary>
/// <remarks>
/// Mean of -log softmax(logits)[label] over the labelled pixels of the batch, in nats, ≥ 0. A batch of void pixels only, which small crops may give, has loss and gradient 0
/// where the usual mean is 0/0.
/// </remarks>
public sealed class PixelCrossEntropyLoss : Module<Tensor, Tensor, Tensor>
{
    private readonly long _ignored;

    /// <param name="ignored">The label of void pixels; outside 0 … K - 1.</param>
    public PixelCrossEntropyLoss(long ignored = 255) : base(nameof(PixelCrossEntropyLoss)) => _ignored = ignored;

    /// <param name="logits">[N, K, H, W], float.</param>
    /// <param name="labels">[N, H, W], Int64: 0 … K - 1 or the ignored label.</param>
    /// <returns>Mean over the labelled pixels, [].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or labels are of another type.</exception>
    public override Tensor forward(Tensor logits, Tensor labels)
    {
        Shapes.RequireLabelMaps(logits, labels);
        using var scope = NewDisposeScope();
        var sum = functional.cross_entropy(logits, labels, ignore_index: _ignored, reduction: Reduction.Sum);
        return (sum / labels.not_equal(_ignored).sum().clamp_min(1)).MoveToOuterDisposeScope();
    }
}
