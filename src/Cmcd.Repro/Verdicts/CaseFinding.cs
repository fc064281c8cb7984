namespace Cmcd.Repro.Verdicts;

/// <summary>One case of a claim's part, computed from printed numbers.</summary>
/// <param name="Label">Which case: "LE Sketchy"; empty when there is only one.</param>
/// <param name="Arithmetic">How the value comes about, in the part's scale.</param>
/// <param name="Value">The value the predicate judges; null where the case has none.</param>
/// <param name="StandardError">Unpaired binomial standard error of a difference of two cells, in points; null where a test-set size is not given.</param>
/// <param name="Z">Value over standard error; null without one.</param>
/// <param name="Holds">The predicate holds there.</param>
/// <param name="HoldsRounded">It holds there at least after the rounding that the part allows.</param>
public sealed record CaseFinding(string Label, string Arithmetic, double? Value, double? StandardError, double? Z, bool Holds, bool HoldsRounded);
