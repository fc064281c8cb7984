using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>What can be said about one sentence of the paper on the runs of one tier.</summary>
/// <param name="Claim">Its id, such as C03 or H1.</param>
/// <param name="Text">The sentence in our words.</param>
/// <param name="Place">Where the paper states it.</param>
/// <param name="Tier">The tier whose runs were asked: a mini verdict is never the paper's.</param>
/// <param name="Verdict">What can be said.</param>
/// <param name="Estimate">The deciding number, in <paramref name="Unit"/>; null when nothing was computed.</param>
/// <param name="Low">Lower end of its 95 % interval; null without one.</param>
/// <param name="High">Upper end; null without one.</param>
/// <param name="Unit">Unit of the three numbers, such as points.</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="Cells">The cells it speaks of.</param>
public sealed record ClaimVerdict(
    string Claim,
    string Text,
    string Place,
    string Tier,
    Verdict Verdict,
    double? Estimate,
    double? Low,
    double? High,
    string Unit,
    string Reason,
    IReadOnlyList<CellId> Cells);
