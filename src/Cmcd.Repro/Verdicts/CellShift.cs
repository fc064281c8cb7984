using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>One cell that both results have measured.</summary>
/// <param name="First">In the first results.</param>
/// <param name="Second">In the second.</param>
/// <param name="Test">Difference and what chance says to it.</param>
/// <param name="AdjustedP">Holm's p-value over all cells compared; null where there is no test.</param>
/// <param name="ChangedAnswers">Test items, over shared seeds, that were answered otherwise; null where no seed is shared or the test items differ.</param>
/// <param name="SameKeyOtherAnswers">Runs whose stage key is the same on both sides while their answers are not: the key should have named the bits.</param>
/// <param name="LoneSeeds">Seeds that only one side has while others are shared: they move the means, and nothing is there to compare them with.</param>
public sealed record CellShift(
    CellRow First, CellRow Second, ShiftTest Test, double? AdjustedP, int? ChangedAnswers, int SameKeyOtherAnswers, IReadOnlyList<long> LoneSeeds)
{
    /// <summary>Family-wise error rate of a comparison.</summary>
    public const double Level = 0.05;

    /// <summary>Chance does not explain the difference.</summary>
    public bool Moved => AdjustedP < Level;

    /// <summary>The numbers differ, yet nothing can be said about chance.</summary>
    public bool Undecided => Test.P is null && Test.Difference != 0;

    /// <summary>Over the shared seeds not a single answer or number differs, and neither does the verdict.</summary>
    public bool Same => Test.Difference == 0 && ChangedAnswers == 0 && First.Verdict == Second.Verdict;
}
