using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Cmcd.Repro.Losses;

/// <summary>Cross-modality contrast: each item finds its partner of the other modality among the batch.</summary>
/// <remarks>
/// Source: arXiv 2405.03355, Eq. (3); the symmetric mean of CLIP (Radford et al. 2021). temperature is the paper's τ.
/// Several sketches of one photo are all its partners (Khosla et al. 2020, "out" form: the mean over partners stands outside the logarithm):
/// L_{B→A} = -1/N Σ_i 1/|P(i)| Σ_{p ∈ P(i)} log softmax_j(cos(B_i, A_j) / τ)[p], L_{A→B} likewise; A teacher, B student.
/// Value in nats, ≥ 0; ln N when all cosines are equal. Only the student receives gradient.
/// </remarks>
public sealed class CmcLoss : Module<Tensor, Tensor, Tensor?, Tensor>
{
    private readonly double _temperature;
    private readonly bool _symmetric;

    /// <param name="temperature">Divides cosine similarity; unitless, &gt; 0.</param>
    /// <param name="symmetric">(L_{A→B} + L_{B→A}) / 2; otherwise L_{B→A} alone, where the student looks for the teacher.</param>
    /// <exception cref="ArgumentOutOfRangeException">temperature is zero or negative.</exception>
    public CmcLoss(double temperature, bool symmetric = true) : base(nameof(CmcLoss))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        (_temperature, _symmetric) = (temperature, symmetric);
    }

    /// <param name="student">Target-modality features, [N, D], float, N ≥ 2; any length, they are normalised here.</param>
    /// <param name="teacher">Source-modality features of the same pairs, [N, D].</param>
    /// <param name="photoIds">Which photo each pair belongs to, [N], Int64; null if no photo comes twice.</param>
    /// <returns>Mean loss over the batch, [].</returns>
    /// <exception cref="ArgumentException">The shapes are not one [N, D], N is 1, or the ids are not Int64 [N].</exception>
    public override Tensor forward(Tensor student, Tensor teacher, Tensor? photoIds)
    {
        Shapes.RequireMatrices(student, teacher);
        using var scope = NewDisposeScope();

        var logits = normalize(student, dim: 1).matmul(normalize(teacher.detach(), dim: 1).t()) / _temperature;     // [N, N], student to teacher
        var partners = photoIds is null
            ? eye(student.shape[0], dtype: student.dtype, device: student.device)
            : SamePhoto(photoIds, student);                                                                         // [N, N], rows sum to 1
        var toTeacher = cross_entropy(logits, partners);
        if (!_symmetric) return toTeacher.MoveToOuterDisposeScope();

        // "Same photo" is mutual, so one matrix of partners serves both directions.
        return ((toTeacher + cross_entropy(logits.t(), partners)) / 2).MoveToOuterDisposeScope();
    }

    private static Tensor SamePhoto(Tensor photoIds, Tensor student)
    {
        Shapes.RequireIds(photoIds, student);
        var same = photoIds.unsqueeze(1).eq(photoIds.unsqueeze(0)).to(student.dtype);                               // [N, N]
        return same / same.sum(1, keepdim: true);
    }
}
