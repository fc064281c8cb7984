using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>Step 3: a linear head on the student, trained on labelled target data.</summary>
/// <remarks>Source: arXiv 2405.03355v2, Eq. (6); optimiser (Adam) and schedule (Multi-Step) from Appendix C.</remarks>
/// <param name="Protocol">What is trained.</param>
/// <param name="LearningRate">Adam's rate before the first milestone; per step, above 0; one rate for head and encoder.</param>
/// <param name="BatchSize">Images in a batch; at least 2.</param>
/// <param name="Epochs">Passes over the training data; at least 1.</param>
/// <param name="Milestones">Where the rate is multiplied by DecayFactor; fractions of Epochs, each in (0, 1), increasing; may be empty.</param>
/// <param name="DecayFactor">Factor at each milestone; unitless, (0, 1].</param>
/// <param name="HeadInitStd">Standard deviation of the head's first weights, their mean being 0; unitless, at least 0.</param>
/// <param name="Views">How a training view is drawn.</param>
public sealed record EvaluationSettings(
    Protocol Protocol,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double LearningRate,
    [Range(2, int.MaxValue)] int BatchSize,
    [Range(1, int.MaxValue)] int Epochs,
    [Range(0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] IReadOnlyList<double> Milestones,
    [Range(0, 1.0, MinimumIsExclusive = true)] double DecayFactor,
    [Range(0, double.MaxValue)] double HeadInitStd,
    ViewSettings Views) : ISelfChecked
{
    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if (!Milestones.SequenceEqual(Milestones.Distinct().Order())) yield return ("milestones", "increasing numbers");
    }
}
