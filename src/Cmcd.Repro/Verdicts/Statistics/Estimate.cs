namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>An estimated effect, how sure it is, and on which side of zero it lies.</summary>
/// <param name="Value">The effect, in the unit that the method names.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end; not below <paramref name="Low"/>.</param>
/// <param name="PAboveZero">One-sided p of "the effect is at most zero": small speaks for above zero. In [0, 1].</param>
/// <param name="PBelowZero">One-sided p of "the effect is at least zero": small speaks for below zero. In [0, 1].</param>
public sealed record Estimate(double Value, double Low, double High, double PAboveZero, double PBelowZero);
