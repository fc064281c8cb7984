using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>What our runs say about one printed number.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Tier">Tier of the runs; part of the verdict's name.</param>
/// <param name="Verdict">What can be said.</param>
/// <param name="Reason">What decided, in one line: numbers, test, p, margin and what it is made of, and what would change the answer.</param>
/// <param name="Margin">Difference that counts as the same result, in points; null where the cell is not comparable with the printed value.</param>
/// <param name="PEquivalent">p of "differs by at least the margin", adjusted over the table; null where nothing was tested.</param>
/// <param name="PDifferent">p of "differs by at most the margin", adjusted over the table; null where nothing was tested.</param>
/// <param name="MoreSeeds">Of an INCONCLUSIVE cell: further seeds that would decide it nine times in ten if mean and spread stay; null where no number does.</param>
/// <param name="MoreHours">Time of those seeds on the machine that ran the others, parents included as if no other cell shared them.</param>
public sealed record CellVerdict(
    CellId Cell, string Tier, Verdict Verdict, string Reason, double? Margin, double? PEquivalent, double? PDifferent, int? MoreSeeds, double? MoreHours);
