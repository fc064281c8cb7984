using TorchSharp;

namespace Cmcd.Repro.Models;

/// <summary>One forward pass with its inner values, all float32 and on the autograd graph.</summary>
/// <param name="Features">Pooled features, [N, D].</param>
/// <param name="Stages">Outputs of the four residual stages, [N, C_l, H_l, W_l].</param>
/// <param name="BatchStatistics">
/// Mean and biased variance over (N, H, W) of the input of every batch normalisation, [C] each, in forward order (a block's shortcut last);
/// empty when not asked for.
/// </param>
/// <remarks>The tensors belong to the dispose scope in which the trace was taken.</remarks>
public sealed record EncoderTrace(
    torch.Tensor Features,
    IReadOnlyList<torch.Tensor> Stages,
    IReadOnlyList<(torch.Tensor Mean, torch.Tensor Variance)> BatchStatistics);
