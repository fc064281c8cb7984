using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using LayerStatistics = System.Collections.Generic.IReadOnlyList<(TorchSharp.torch.Tensor Mean, TorchSharp.torch.Tensor Variance)>;

namespace Cmcd.Repro.Losses;

/// <summary>SOCKET's statistics term: the student's activations have the teacher's mean and variance in every channel.</summary>
/// <remarks>
/// Source: Ahmed et al. 2022 and its code, as baseline SOCKET of arXiv 2405.03355, Table 1, for one source and without the learnt mixing weights:
/// L = weight · Σ_l m_l (‖μ_l(B) - μ_l(A)‖ + ‖σ²_l(B) - σ²_l(A)‖), L2 norms not squared, m_1 = firstLayerWeight and m_l = 1 otherwise.
/// Where a difference is exactly zero its gradient is zero. Only the student receives gradient.
/// </remarks>
public sealed class SocketLoss : Module<LayerStatistics, LayerStatistics, Tensor>
{
    private readonly double _firstLayerWeight;
    private readonly double _weight;

    /// <param name="firstLayerWeight">Weight of the first layer relative to the others, ≥ 0.</param>
    /// <param name="weight">Weight of the whole sum, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative.</exception>
    public SocketLoss(double firstLayerWeight = 10, double weight = 0.5) : base(nameof(SocketLoss))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstLayerWeight);
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        (_firstLayerWeight, _weight) = (firstLayerWeight, weight);
    }

    /// <summary>Mean and biased variance of each channel over batch and grid: what batch normalisation uses in training.</summary>
    /// <param name="map">[N, C, H, W], float; for the original form, the input of a batch-normalisation layer.</param>
    /// <returns>Two [C] that carry gradient to the map. The unbiased variance of running statistics differs by n / (n - 1), n = N·H·W.</returns>
    public static (Tensor Mean, Tensor Variance) Statistics(Tensor map) => (map.mean([0, 2, 3]), map.var([0, 2, 3], unbiased: false));

    /// <param name="studentStatistics">Mean and variance per channel of each layer for the target batch, first layer first, each [C], float.</param>
    /// <param name="teacherStatistics">The same layers of the source network: its running statistics or those of the paired batch.</param>
    /// <returns>Weighted sum over layers, [].</returns>
    /// <exception cref="ArgumentException">The counts differ or are 0, or a layer's shapes are not one [C].</exception>
    public override Tensor forward(LayerStatistics studentStatistics, LayerStatistics teacherStatistics)
    {
        Shapes.RequireSameCount(studentStatistics, teacherStatistics, "layers");
        using var scope = NewDisposeScope();
        var layers = studentStatistics.Zip(teacherStatistics,
            (student, teacher) => Distance(student.Mean, teacher.Mean) + Distance(student.Variance, teacher.Variance)).ToArray();
        layers[0] *= _firstLayerWeight;
        return (stack(layers).sum() * _weight).MoveToOuterDisposeScope();
    }

    private static Tensor Distance(Tensor student, Tensor teacher)
    {
        Shapes.RequireVectors(student, teacher);
        return (student - teacher.detach()).norm();
    }
}
