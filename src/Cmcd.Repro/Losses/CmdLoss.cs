using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Cmcd.Repro.Losses;

/// <summary>Cross-modality distillation: the student sees the batch's teacher features as similar as the teacher itself does.</summary>
/// <remarks>
/// Source: arXiv 2405.03355, Eq. (2) and (5), written out as SEED (Fang et al. 2021) with the batch's teacher features as anchors.
/// p_ij = softmax_j(cos(A_i, A_j) / τ_T), q_ij = softmax_j(cos(B_i, A_j) / τ_S), L = -1/N Σ_ij p_ij log q_ij; A teacher, B student.
/// Value in nats, never below the teacher's entropy; ln N when all cosines are equal. Only the student receives gradient.
/// </remarks>
public sealed class CmdLoss : Module<Tensor, Tensor, Tensor>
{
    private readonly double _teacherTemperature;
    private readonly double _studentTemperature;
    private readonly bool _relational;
    private readonly bool _includeSelf;

    /// <param name="teacherTemperature">Divides the teacher's cosines; unitless, &gt; 0.</param>
    /// <param name="studentTemperature">Divides the student's cosines; unitless, &gt; 0.</param>
    /// <param name="relational">Compare the student's features with each other (cos(B_i, B_j)) instead of with the teacher's.</param>
    /// <param name="includeSelf">Whether item i's own features are among the anchors of row i.</param>
    /// <exception cref="ArgumentOutOfRangeException">A temperature is zero or negative.</exception>
    public CmdLoss(double teacherTemperature, double studentTemperature, bool relational = false, bool includeSelf = true) : base(nameof(CmdLoss))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(teacherTemperature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(studentTemperature);
        (_teacherTemperature, _studentTemperature) = (teacherTemperature, studentTemperature);
        (_relational, _includeSelf) = (relational, includeSelf);
    }

    /// <param name="student">Target-modality features, [N, D], float, N ≥ 2; any length, they are normalised here.</param>
    /// <param name="teacher">Source-modality features of the same pairs, [N, D].</param>
    /// <returns>Mean loss over the batch, [].</returns>
    /// <exception cref="ArgumentException">The shapes are not one [N, D], or N is 1.</exception>
    public override Tensor forward(Tensor student, Tensor teacher)
    {
        using var scope = NewDisposeScope();
        var (_, target, prediction) = Compare(student, teacher);
        return (target.exp() * prediction).sum(1).mean().neg().MoveToOuterDisposeScope();
    }

    /// <summary>The parts of the loss and the two figures the temperature is chosen by; nothing of it can be differentiated.</summary>
    /// <param name="student">As for the loss.</param>
    /// <param name="teacher">As for the loss.</param>
    /// <exception cref="ArgumentException">The shapes are not one [N, D], or N is 1.</exception>
    public CmdTerms Terms(Tensor student, Tensor teacher)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var (cosine, target, prediction) = Compare(student, teacher);
        var probability = target.exp();
        return new CmdTerms(
            TeacherEntropy: -(probability * target).sum(1).mean().ToDouble(),
            Divergence: (probability * (target - prediction)).sum(1).mean().ToDouble(),
            SelfProbability: _includeSelf ? probability.diagonal().mean().ToDouble() : 0,
            MeanTeacherCosine: OffDiagonal(cosine).mean().ToDouble());
    }

    /// <summary>The teacher's cosines [N, N], log p and log q (both [N, N], or [N, N - 1] without self), for the caller's scope to dispose.</summary>
    internal (Tensor Cosine, Tensor Target, Tensor Prediction) Compare(Tensor student, Tensor teacher)
    {
        Shapes.RequireMatrices(student, teacher);
        var own = normalize(student, dim: 1);                                    // [N, D]
        var anchors = normalize(teacher.detach(), dim: 1);                       // [N, D]
        var cosine = anchors.matmul(anchors.t());                                // [N, N], teacher to teacher
        var toAnchors = own.matmul((_relational ? own : anchors).t());           // [N, N], student to anchor
        return (cosine, LogProbabilities(cosine, _teacherTemperature), LogProbabilities(toAnchors, _studentTemperature));
    }

    private Tensor LogProbabilities(Tensor cosine, double temperature) =>
        log_softmax((_includeSelf ? cosine : OffDiagonal(cosine)) / temperature, dim: 1);

    // Cut out rather than set to -∞: 0 · log 0 would be NaN in the sum over anchors.
    private static Tensor OffDiagonal(Tensor square)
    {
        var count = square.shape[0];
        return square.masked_select(eye(count, dtype: ScalarType.Bool, device: square.device).logical_not()).view(count, count - 1);
    }
}
