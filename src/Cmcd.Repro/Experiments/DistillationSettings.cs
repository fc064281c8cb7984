using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>Step 2 from a frozen teacher to a student, on pairs.</summary>
/// <remarks>Source: arXiv 2405.03355v2, Algorithm 1 step 2; optimiser (Adam, constant rate) from Appendix C.</remarks>
/// <param name="Loss">What the student minimises.</param>
/// <param name="Projector">Map to the teacher's dimension. Used by CMD, CMC and their mixture only.</param>
/// <param name="TeacherFeature">Teacher output the same three losses follow.</param>
/// <param name="SharedGeometry">Both sides of a pair get one crop and flip, with colours drawn apart; otherwise everything is drawn apart.</param>
/// <param name="LearningRate">Adam's rate; per step, above 0.</param>
/// <param name="BatchSize">Pairs in a batch; at least 2.</param>
/// <param name="Epochs">Passes over the pairs; at least 1.</param>
/// <param name="Views">How each side's view is drawn.</param>
public sealed record DistillationSettings(
    LossSettings Loss,
    Projector Projector,
    TeacherFeature TeacherFeature,
    bool SharedGeometry,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double LearningRate,
    [Range(2, int.MaxValue)] int BatchSize,
    [Range(1, int.MaxValue)] int Epochs,
    ViewSettings Views);
