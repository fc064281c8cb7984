using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Cmcd.Repro.Losses;

/// <summary>Cross-modal supervision transfer: the student's feature map copies the teacher's, place by place.</summary>
/// <remarks>
/// Source: Gupta et al. 2016, as baseline CMST of arXiv 2405.03355, Table 1. Mean of squared differences over N, C, H and W.
/// The original makes the grids agree by padding; here the larger is averaged down to the smaller.
/// Only the student receives gradient.
/// </remarks>
public sealed class CmstLoss : Module<Tensor, Tensor, Tensor>
{
    /// <summary>A loss without settings.</summary>
    public CmstLoss() : base(nameof(CmstLoss)) { }

    /// <param name="student">Feature map of the target modality, [N, C, H, W], float.</param>
    /// <param name="teacher">Feature map of the same pairs' source modality, [N, C, H', W'].</param>
    /// <returns>Mean squared difference, [].</returns>
    /// <exception cref="ArgumentException">N or C differ, or a map is not 4-dimensional.</exception>
    public override Tensor forward(Tensor student, Tensor teacher)
    {
        Shapes.RequireMaps(student, teacher);
        using var scope = NewDisposeScope();
        var (own, target) = Grids.Align(student, teacher.detach());
        return mse_loss(own, target).MoveToOuterDisposeScope();
    }
}
