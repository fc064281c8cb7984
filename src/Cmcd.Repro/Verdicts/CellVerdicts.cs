using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Verdicts;

/// <summary>Judges every cell of a table against its printed value.</summary>
/// <remarks>
/// REPRODUCED and CONTRADICTED each have to be shown, by <see cref="Equivalence"/> with the margin of <see cref="Margin"/>, at 5 % over all cells of the table together
/// (<see cref="Holm"/>; a cell that was not tested counts as p = 1, so that running less eases nothing). Better than printed is CONTRADICTED as much as worse.
/// Seeds whose answers agree on every test item are one run: a run that stands in for another adds nothing. One run decides nothing.
/// How often this errs on results with a known truth: calibration.md.
/// </remarks>
public static class CellVerdicts
{
    /// <summary>Reason of a cell that was measured and waits to be judged. Any other reason of a NOT_TESTED cell says what went wrong and is kept.</summary>
    public const string Unjudged = "not judged yet";

    private const double Level = 0.05;

    /// <summary>One verdict a cell, in the order of cells.csv.</summary>
    /// <param name="results">The table's results. UNAVAILABLE cells and failures stay as cells.csv has them.</param>
    /// <param name="parity">The tier's; null for a tier that stands in: its cells are NOT_TESTED, whatever they say.</param>
    /// <param name="testSet">The role of the labelled data behind a cell.</param>
    /// <param name="unprinted">Why the paper prints no number in the table; null where it prints one in each cell.</param>
    public static IReadOnlyList<CellVerdict> Judge(TableResults results, TierParity? parity, Func<CellRow, string> testSet, string? unprinted = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(testSet);
        var evidence = results.Cells.Where(cell => parity is not null && IsMeasured(cell) && cell.PaperValue is not null && !IsDerived(cell))
            .ToDictionary(cell => cell.Cell, cell => Evidence.Of(results, cell, parity!, testSet(cell)));
        var tests = results.Cells.Where(cell => cell.PaperValue is not null).Select(cell => evidence.GetValueOrDefault(cell.Cell)?.Test).ToArray();
        var (equivalent, different) = (new Family([.. tests.Select(test => test?.PEquivalent ?? 1)]), new Family([.. tests.Select(test => test?.PDifferent ?? 1)]));

        return [.. results.Cells.Select(cell => Gated(results, cell, evidence.TryGetValue(cell.Cell, out var found)
            ? found.Items != found.ExpectedItems ? Plain(cell, Verdict.NOT_TESTED, Text($"measured on {found.Items:N0} test items, the paper's test set has {found.ExpectedItems:N0}: the printed value is not comparable"))
            : found.Test is { } test ? Tested(cell, found, test, equivalent, different)
            : OneRun(cell, found, tests.Length)
            : Untested(cell, parity, unprinted)))];
    }

    /// <summary>With what the imported teacher behind a number was held against, and what of the data was not there.</summary>
    private static CellVerdict Gated(TableResults results, CellRow cell, CellVerdict verdict)
    {
        if (!IsMeasured(cell)) return verdict;
        ManifestStage[] behind = [.. results.Manifest.Behind(results.RunsOf(cell.Cell).SelectMany(run => run.Stages))];
        var told = string.Concat(new[] { ("imported teacher", "sentinel.teacher-gate"), ("coverage", "sentinel.coverage") }.Select(fact => (Name: fact.Item1, Facts: Facts(fact.Item2)))
            .Where(fact => fact.Facts.Length > 0).Select(fact => $"; {fact.Name}: {string.Join("; ", fact.Facts)}"));
        return told.Length == 0 ? verdict : verdict with { Reason = verdict.Reason + told };

        string[] Facts(string name) => [.. behind.Select(stage => stage.Sentinels.GetValueOrDefault(name)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    private static bool IsMeasured(CellRow cell) => cell.Mean is not null
        && (cell.Verdict is Verdict.REPRODUCED or Verdict.CONTRADICTED or Verdict.INCONCLUSIVE || (cell.Verdict == Verdict.NOT_TESTED && cell.Reason == Unjudged));

    private static CellVerdict Untested(CellRow cell, TierParity? parity, string? unprinted) =>
        !IsMeasured(cell) ? Plain(cell, cell.Verdict, cell.Reason)
        : unprinted is not null ? Plain(cell, Verdict.NOT_TESTED, $"the paper prints no number here: {unprinted}")
        : parity is null ? Plain(cell, Verdict.NOT_TESTED, $"{cell.Tier} data stand in for the paper's: the printed value is not comparable")
        : IsDerived(cell) ? Plain(cell, Verdict.NOT_TESTED, "no margin is set for this quantity: the scores behind it are tested in their own table")
        : Plain(cell, Verdict.NOT_TESTED, "the paper prints no value here");

    private static bool IsDerived(CellRow cell) => cell.Metric.StartsWith(TableResults.Measured, StringComparison.Ordinal) || cell.Metric.EndsWith(TableResults.Gain, StringComparison.Ordinal);

    private static CellVerdict Plain(CellRow cell, Verdict verdict, string reason) => new(cell.Cell, cell.Tier, verdict, reason, null, null, null, null, null);

    private static CellVerdict OneRun(CellRow cell, Evidence found, int family)
    {
        var std = SeedNoise.Binomial(cell.PaperValue!.Value, found.Items);   // a guess for planning; no verdict rests on it
        var (seeds, hours, plan) = Plan(found, found.Mean - cell.PaperValue.Value, std, Level / family);
        var reason = Text($"{found.Mean:F2} from {found.Runs}, printed {cell.PaperValue:F2}: one run has no spread and decides nothing. Taking the test set's resolution of {std:F2} for the spread, {plan} {found.MarginText}");
        return new(cell.Cell, cell.Tier, Verdict.INCONCLUSIVE, reason, found.Margin.Total, null, null, seeds, hours);
    }

    private static CellVerdict Tested(CellRow cell, Evidence found, Equivalence test, Family equivalent, Family different)
    {
        var (same, other) = (equivalent.Adjusted(test.PEquivalent), different.Adjusted(test.PDifferent));
        var (margin, family) = (found.Margin.Total, equivalent.Size);
        var start = Text($"{found.Mean:F2} from {found.Runs}, printed {cell.PaperValue:F2}: the difference {test.Difference:+0.00;-0.00}, standard error {test.StandardError:F2}{found.FloorText},");
        if (same <= Level)
            return Decide(Verdict.REPRODUCED, Text($"{start} is within the margin of {margin:F2}: two one-sided t tests, p {test.PEquivalent:G2}, after Holm over {family} cells {same:G2}. {found.MarginText}"));

        if (other <= Level)
        {
            var way = test.Difference > 0 ? "better" : "worse";
            return Decide(Verdict.CONTRADICTED, Text($"{start} is beyond the margin of {margin:F2}: {way} than printed, t test against one further run, p {test.PDifferent:G2}, after Holm over {family} cells {other:G2}. {found.MarginText}"));
        }

        var level = Level / (Math.Abs(test.Difference) < margin ? equivalent.Factor(test.PEquivalent) : different.Factor(test.PDifferent));
        var (seeds, hours, plan) = Plan(found, test.Difference, found.Std, level);
        return Decide(Verdict.INCONCLUSIVE, Text($"{start} is neither shown to be within the margin of {margin:F2} (p {test.PEquivalent:G2}, after Holm over {family} cells {same:G2}) nor beyond it (p {test.PDifferent:G2}, after Holm {other:G2}): {plan} {found.MarginText}"), seeds, hours);

        CellVerdict Decide(Verdict verdict, string reason, int? more = null, double? time = null) => new(cell.Cell, cell.Tier, verdict, reason, margin, same, other, more, time);
    }

    private static (int? Seeds, double? Hours, string Text) Plan(Evidence found, double difference, double std, double level)
    {
        var margin = found.Margin.Total;
        if (Equivalence.SeedsToDecide(difference, std, margin, level) is { } all)
        {
            var more = Math.Max(1, all - found.Seeds);
            var hours = more * found.SecondsASeed / 3600;
            return (more, hours, Text($"{more} more seed{(more == 1 ? "" : "s")}, about {hours:0.##} h, would decide it nine times in ten if mean and spread stay."));
        }

        return (null, null, Math.Abs(difference) < margin || std < Math.Abs(difference) - margin
            ? Text($"no number of seeds up to {Equivalence.MostSeeds:N0} would decide it: the difference is about the size of the margin.")
            : Text($"no number of seeds would decide it: the difference is beyond the margin, but the printed value is one run, and ours scatter by {std:F2}."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is known of one measured cell.</summary>
    private sealed record Evidence(
        int Items, int ExpectedItems, int Seeds, string Runs, double Mean, double Std, string FloorText, Margin Margin, string MarginText, double SecondsASeed, Equivalence? Test)
    {
        public static Evidence Of(TableResults results, CellRow cell, TierParity parity, string testSet)
        {
            var runs = results.RunsOf(cell.Cell);
            var answers = results.AnswersOf(runs[0])!;
            var distinct = runs.DistinctBy(run => run.StageKey, new SameAnswers(answers)).ToArray();
            var items = answers.Items;
            var (printed, mean) = (cell.PaperValue!.Value, distinct.Average(run => run.Value));
            var margin = Margin.Of(printed, items, parity.Gaps.Select(gap => gap.Points));
            var std = distinct.Length < 2 ? 0 : Math.Sqrt(distinct.Sum(run => (run.Value - mean) * (run.Value - mean)) / (distinct.Length - 1));
            var floor = distinct.Length < 2 ? 0 : SeedNoise.Std([.. distinct.Select(run => answers.Scores(run.StageKey))]);
            return new(
                items, parity.TestItems[testSet], distinct.Length, RunsText(runs.Count, distinct.Length), mean, Math.Max(std, floor),
                floor > std + 1e-9 ? Text($" (spread {std:F2} over seeds, floored at {floor:F2} by the answers)") : "", margin,
                Text($"Margin: rounding {margin.Rounding}, test set of {items:N0} items {margin.Sampling:F2}{string.Concat(parity.Gaps.Select(gap => Text($", {gap.Name} {gap.Points:F2}")))}, joined by squares but for the rounding."),
                runs.Average(run => SecondsOf(run.StageKey, results.Manifest)),
                distinct.Length < 2 ? null : Equivalence.Test(mean, Math.Max(std, floor), distinct.Length, printed, margin.Total));
        }

        private static string RunsText(int runs, int distinct) => (runs, distinct) switch
        {
            (1, _) => "1 seed",
            _ when runs == distinct => $"{runs} seeds",
            _ => $"{runs} seeds, of which {(distinct == 1 ? "all give" : $"only {distinct} differ; the others repeat")} the same answers to every item",
        };

        private static double SecondsOf(string key, Manifest manifest) => manifest.Behind([key]).Sum(stage => stage.Seconds);
    }

    /// <summary>The p-values of one question over the whole table.</summary>
    private sealed class Family(double[] p)
    {
        private readonly IReadOnlyList<double> _adjusted = Holm.Adjust(p);

        public int Size => p.Length;

        public double Adjusted(double mine) => _adjusted[Array.IndexOf(p, mine)];

        /// <summary>By what Holm multiplies this value as the others stand now.</summary>
        public int Factor(double mine) => p.Count(other => other >= mine);
    }

    /// <summary>Two evaluations are one when they answer every item alike.</summary>
    private sealed class SameAnswers(IItemAnswers answers) : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => answers.Changed(x!, answers, y!) == 0;

        public int GetHashCode(string key) => 0;   // a cell has few runs: each is compared with each
    }
}
