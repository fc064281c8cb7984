using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments.Gap;

/// <summary>One thing that is turned while all else stays.</summary>
/// <param name="Id">Its name in the results.</param>
/// <param name="Dial">Which field of the level.</param>
/// <param name="Levels">Its settings, from the smallest gap to the largest.</param>
/// <param name="MovesGap">
/// Whether the theorem's total variation, between oracle encoders, moves with it: only then does the theorem predict a sign. A control has false.
/// </param>
/// <param name="About">One sentence: what it changes and what it leaves.</param>
public sealed record GapKnob(string Id, GapDial Dial, [MinLength(3)] IReadOnlyList<double> Levels, bool MovesGap, string About) : ISelfChecked
{
    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        var (least, most) = Dial switch { GapDial.PairCorrelation => (0, 1), GapDial.Angle => (0, 90), GapDial.Pairs => (2, 1_000_000), _ => (0, double.MaxValue) };
        if (Levels.Any(level => level < least || level > most)) yield return ("levels", $"numbers that {Dial} may have");
        if (Dial == GapDial.Pairs && Levels.Any(level => level != Math.Floor(level))) yield return ("levels", "whole numbers of pairs");
        if (Levels.Distinct().Count() < Levels.Count) yield return ("levels", "each level once");
    }
}
