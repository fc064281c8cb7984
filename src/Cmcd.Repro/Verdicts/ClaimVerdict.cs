using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>What our own runs of one tier say about a claim, or about one part of it.</summary>
/// <param name="Claim">The claim's id; with the part's name behind a slash where it has several: C05/CMD.</param>
/// <param name="Text">The tier, then what is claimed: a verdict of a tier that stands in is never shown as the paper's.</param>
/// <param name="Place">Where the paper says it.</param>
/// <param name="Tier">smoke, mini or paper.</param>
/// <param name="Verdict">What can be said.</param>
/// <param name="Estimate">The difference in the case that comes nearest to failing (or, where one case is enough, in the best); null where nothing was measured.</param>
/// <param name="Low">Lower end of its 95 % interval, of this case alone; null below two seeds.</param>
/// <param name="High">Upper end; null below two seeds.</param>
/// <param name="Unit">Unit of the estimate; empty without one.</param>
/// <param name="Reason">The tier, then what decided, in one line.</param>
/// <param name="Cells">The cells it speaks of, measured or not.</param>
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
