using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Cmcd.Repro.Losses;

/// <summary>Attention transfer: the student is active at the places where the teacher is.</summary>
/// <remarks>
/// Source: Zagoruyko and Komodakis 2017. Attention Q = mean over channels of the squared map, as a vector of H·W, divided by its L2 norm.
/// The paper's text takes the norm of the difference of Q, its code the mean over N and H·W of the squared difference: the code is
/// followed, as its weight of 1000 is the one in use. Value 0 … 2/(H·W). Only the student receives gradient.
/// </remarks>
public sealed class AttentionTransferLoss : Module<Tensor, Tensor, Tensor>
{
    /// <summary>A loss without settings.</summary>
    public AttentionTransferLoss() : base(nameof(AttentionTransferLoss)) { }

    /// <param name="student">Feature map of the target modality, [N, C, H, W], float.</param>
    /// <param name="teacher">Feature map of the same pairs' source modality, [N, C', H', W']; the larger grid is averaged down to the smaller.</param>
    /// <returns>Mean squared difference of attention, [].</returns>
    /// <exception cref="ArgumentException">N differs, or a map is not 4-dimensional.</exception>
    public override Tensor forward(Tensor student, Tensor teacher)
    {
        Shapes.RequireMapsOfAnyWidth(student, teacher);
        using var scope = NewDisposeScope();
        var (own, target) = Grids.Align(student, teacher.detach());
        return mse_loss(Attention(own), Attention(target)).MoveToOuterDisposeScope();
    }

    private static Tensor Attention(Tensor map) => normalize(map.square().mean([1]).flatten(1), dim: 1);     // [N, H·W]
}
