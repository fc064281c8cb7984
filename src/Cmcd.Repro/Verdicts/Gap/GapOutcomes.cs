using System.Diagnostics;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;

namespace Cmcd.Repro.Verdicts.Gap;

/// <summary>Accuracy → outcome on one of the four scales.</summary>
public static class GapOutcomes
{
    /// <param name="scale">The scale.</param>
    /// <param name="top1">The method's accuracy; percent.</param>
    /// <param name="reference">SSL's in LE, Sup's in FT; percent.</param>
    /// <param name="bayes">The Bayes rule's on the same items; percent.</param>
    public static double Of(GapScale scale, double top1, double reference, double bayes) => scale switch
    {
        GapScale.ExcessRisk => bayes - top1,
        GapScale.Points => Arithmetic.Gain(top1, reference, Scale.Points),
        GapScale.ErrorReduction => Arithmetic.Gain(top1, reference, Scale.ErrorReduction),
        GapScale.Relative => Arithmetic.Gain(top1, reference, Scale.Relative),
        _ => throw new UnreachableException($"GapScale has a value without an arm here: {scale}."),
    };
}
