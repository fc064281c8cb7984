using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments.Gap;

/// <summary>Step 3 of the gap experiment: Adam, the rate a tenth after 60, 70 and 80 % of the updates, as in the paper's Appendix C.</summary>
/// <param name="Updates">Number of updates.</param>
/// <param name="BatchSize">Labelled items in a batch; the whole set if it is smaller.</param>
/// <param name="LearningRate">At the start.</param>
public sealed record GapStep3(
    [Range(1, int.MaxValue)] int Updates,
    [Range(2, int.MaxValue)] int BatchSize,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double LearningRate)
{
    /// <summary>The rate of an update, counted from 0.</summary>
    public double RateAt(int update) => LearningRate * Math.Pow(0.1, new[] { 0.6, 0.7, 0.8 }.Count(milestone => update >= milestone * Updates));
}
