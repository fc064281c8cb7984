using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Losses;

/// <summary>The line between the two contrastive losses: lambda · CMC + (1 - lambda) · CMD on the same features.</summary>
/// <remarks>
/// Source: arXiv 2405.03355, Eq. (7) and Table 5. lambda is the paper's λ: 1 is CMC, 0 is CMD. Give both losses one temperature, and keep
/// CMC symmetric: its half belongs to the weights. Only the student receives gradient.
/// </remarks>
public sealed class MixedLoss : Module<Tensor, Tensor, Tensor?, Tensor>
{
    private readonly CmcLoss _cmc;
    private readonly CmdLoss _cmd;
    private readonly double _lambda;

    /// <param name="cmc">The contrastive end; this loss owns it from here on.</param>
    /// <param name="cmd">The distilling end; this loss owns it from here on.</param>
    /// <param name="lambda">Share of <paramref name="cmc"/>, 0 … 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">lambda is outside 0 … 1.</exception>
    public MixedLoss(CmcLoss cmc, CmdLoss cmd, double lambda) : base(nameof(MixedLoss))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lambda, 1);
        (_cmc, _cmd, _lambda) = (cmc, cmd, lambda);
        RegisterComponents();
    }

    /// <param name="student">Target-modality features, [N, D], float, N ≥ 2.</param>
    /// <param name="teacher">Source-modality features of the same pairs, [N, D].</param>
    /// <param name="photoIds">As for <see cref="CmcLoss"/>; CMD needs none.</param>
    /// <returns>Mean loss over the batch, [].</returns>
    /// <exception cref="ArgumentException">The shapes are not one [N, D], N is 1, or the ids are not Int64 [N].</exception>
    public override Tensor forward(Tensor student, Tensor teacher, Tensor? photoIds)
    {
        using var scope = NewDisposeScope();
        return ((_cmc.call(student, teacher, photoIds) * _lambda) + (_cmd.call(student, teacher) * (1 - _lambda))).MoveToOuterDisposeScope();
    }
}
