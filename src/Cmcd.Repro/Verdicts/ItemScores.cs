using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>One cell's runs, item by item: what two cells of one test set are compared by.</summary>
/// <param name="Items">The test set with the answers to it.</param>
/// <param name="BySeed">By seed, each item's score in percent: 100 or 0 for an answer, a share over draws, a pseudo-value of a score that is of all items together.</param>
internal sealed record ItemScores(IItemAnswers Items, IReadOnlyDictionary<long, IReadOnlyList<double>> BySeed)
{
    /// <summary>The scores of some runs of a cell; null where no answers of its metric are stored, or those of several test sets.</summary>
    public static ItemScores? Of(TableResults results, CellRow cell, IReadOnlyList<RunRow> runs)
    {
        var items = runs.Select(results.AnswersOf).Distinct().ToArray();
        return items is [{ } one] && one.Metric == cell.Metric ? new(one, runs.ToDictionary(run => run.Seed, run => one.Scores(run.StageKey))) : null;
    }

    /// <summary>Their items are the same.</summary>
    public bool Shares(ItemScores other) => Items.SameItems(other.Items);
}
