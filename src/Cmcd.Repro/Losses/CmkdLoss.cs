using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Losses;

/// <summary>Cross-modal knowledge distillation: the last feature map as in <see cref="CmstLoss"/>, plus attention transfer at every stage.</summary>
/// <remarks>
/// Source: Zhao et al. 2020, as baseline CMKD of arXiv 2405.03355, Table 1; layers and weight are ours, as no code is public.
/// L = MSE(last maps) + weight · Σ over stages of <see cref="AttentionTransferLoss"/>. Only the student receives gradient.
/// </remarks>
public sealed class CmkdLoss : Module<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>, Tensor>
{
    private readonly CmstLoss _lastMap = new();
    private readonly AttentionTransferLoss _attention = new();
    private readonly double _attentionWeight;

    /// <param name="attentionWeight">Weight of the attention terms, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">attentionWeight is negative.</exception>
    public CmkdLoss(double attentionWeight = 1000) : base(nameof(CmkdLoss))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(attentionWeight);
        _attentionWeight = attentionWeight;
        RegisterComponents();
    }

    /// <param name="studentMaps">Outputs of the target network's stages, first to last (a ResNet has 4), each [N, C, H, W], float.</param>
    /// <param name="teacherMaps">The same stages of the source network. Only the last needs the student's C.</param>
    /// <returns>Mean loss over the batch, [].</returns>
    /// <exception cref="ArgumentException">The counts differ or are 0, a stage's N differ, or the last maps' C differ.</exception>
    public override Tensor forward(IReadOnlyList<Tensor> studentMaps, IReadOnlyList<Tensor> teacherMaps)
    {
        Shapes.RequireSameCount(studentMaps, teacherMaps, "stages");
        return Adapted(studentMaps, studentMaps[^1], teacherMaps);
    }

    /// <summary>The loss of a student of other channels, whose last map was brought to the teacher's; attention needs no such help.</summary>
    /// <param name="studentMaps">Outputs of the target network's stages as they are.</param>
    /// <param name="copied">The last of them with the teacher's C.</param>
    /// <param name="teacherMaps">The same stages of the source network.</param>
    /// <returns>Mean loss over the batch, [].</returns>
    /// <exception cref="ArgumentException">The counts differ or are 0, a stage's N differ, or the last maps' C differ.</exception>
    public Tensor Adapted(IReadOnlyList<Tensor> studentMaps, Tensor copied, IReadOnlyList<Tensor> teacherMaps)
    {
        Shapes.RequireSameCount(studentMaps, teacherMaps, "stages");
        using var scope = NewDisposeScope();
        var attention = stack(studentMaps.Zip(teacherMaps, _attention.call)).sum();
        return (_lastMap.call(copied, teacherMaps[^1]) + (attention * _attentionWeight)).MoveToOuterDisposeScope();
    }
}
