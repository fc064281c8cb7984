using System.Globalization;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>Fresh results against the approved ones, cell by cell and both ways: what differs, by how much, and what would have been allowed.</summary>
/// <remarks>
/// Where stage versions, stage keys and determinism class are the approved ones, the same bits are demanded of every seed. Elsewhere the mean may move by
/// the approved tolerance, up or down: better than approved is a finding too.
/// </remarks>
public static class Regression
{
    /// <summary>Every difference; none means that the approved numbers came out again.</summary>
    /// <param name="approved">The approved cells.</param>
    /// <param name="fresh">The results to be judged.</param>
    /// <param name="current">Version by stage kind in the current code.</param>
    /// <exception cref="ReproException">The results' manifest does not tell the networks' precision.</exception>
    public static IReadOnlyList<RegressionFinding> Compare(IReadOnlyList<ApprovedCell> approved, TableResults fresh, IReadOnlyDictionary<string, int> current)
    {
        ArgumentNullException.ThrowIfNull(approved);
        ArgumentNullException.ThrowIfNull(fresh);
        ArgumentNullException.ThrowIfNull(current);
        var foreign = approved.Select(cell => (cell.Cell.Table, cell.Tier)).Distinct().Where(of => of != (fresh.Table, fresh.Tier)).ToArray();
        if (foreign.Length > 0)
            return [.. foreign.Select(of => new RegressionFinding(FindingKind.FOREIGN, $"the results are of {fresh.Table}, tier {fresh.Tier}; the approved numbers are of {of.Table}, tier {of.Tier}"))];

        var unreadable = NotFinite(fresh).ToArray();
        if (unreadable.Length > 0) return unreadable;

        var received = ApprovedCell.From(fresh);
        var presence = Presence(approved, received).ToArray();
        var pairs = (from cell in approved
                     join other in received on cell.Cell equals other.Cell
                     where !cell.IsMean || presence.Length == 0
                     select (Approved: cell, Received: other)).ToArray();
        return [.. presence, .. Versions(pairs, current), .. pairs.SelectMany(pair => Differences(pair.Approved, pair.Received, fresh))];
    }

    // TableResults.Read refuses these already; results made in memory did not pass it.
    private static IEnumerable<RegressionFinding> NotFinite(TableResults fresh) =>
        from cell in fresh.Cells
        let runs = fresh.RunsOf(cell.Cell)
        where runs.Any(run => !double.IsFinite(run.Value)) || (runs.Count > 0 && cell.Mean is null) || (cell.Mean is { } number && !double.IsFinite(number))
        select new RegressionFinding(FindingKind.NO_NUMBER, Text($"{cell.Cell}: values {string.Join(", ", runs.Select(run => run.Value))}, mean {cell.Mean}: not all are numbers"));

    private static IEnumerable<RegressionFinding> Presence(IReadOnlyList<ApprovedCell> approved, IReadOnlyList<ApprovedCell> received)
    {
        foreach (var message in OnlyIn(approved, received)) yield return new(FindingKind.MISSING, message + "was approved and is not in the results");
        foreach (var message in OnlyIn(received, approved)) yield return new(FindingKind.EXTRA, message + "is in the results and was never approved");
    }

    /// <summary>What the first list has alone: whole rows, then whole columns, then single cells.</summary>
    private static IEnumerable<string> OnlyIn(IReadOnlyList<ApprovedCell> first, IReadOnlyList<ApprovedCell> second)
    {
        var others = second.Select(cell => cell.Cell).ToHashSet();
        var alone = first.Select(cell => cell.Cell).Where(cell => !others.Contains(cell) && cell.Row != "*").ToList();
        foreach (var row in alone.GroupBy(cell => cell.Row).Where(row => others.All(other => other.Row != row.Key)).ToArray())
        {
            yield return $"row {row.Key} ({Count(row.Count())}, first {row.First()}) ";
            alone.RemoveAll(cell => cell.Row == row.Key);
        }

        foreach (var column in alone.GroupBy(cell => cell.Column).Where(column => others.All(other => other.Column != column.Key)).ToArray())
        {
            yield return $"column {column.Key} ({Count(column.Count())}, first {column.First()}) ";
            alone.RemoveAll(cell => cell.Column == column.Key);
        }

        foreach (var cell in alone) yield return $"cell {cell} ";
    }

    private static IEnumerable<RegressionFinding> Versions((ApprovedCell Approved, ApprovedCell Received)[] pairs, IReadOnlyDictionary<string, int> current)
    {
        var byCode = from pair in pairs
                     from stage in pair.Approved.Stages.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                     let now = Staleness.Now(stage, current)
                     where now != stage
                     group pair by (stage, now);
        foreach (var cells in byCode)
            yield return new(FindingKind.STALE, $"the code has {cells.Key.now}, the approved numbers of {Count(cells.Count())} (first {cells.First().Approved.Cell}) were made by {cells.Key.stage}");

        foreach (var cells in pairs.Where(pair => Measured(pair) && pair.Approved.Stages != pair.Received.Stages).GroupBy(pair => (pair.Approved.Stages, Now: pair.Received.Stages)))
            yield return new(FindingKind.STALE, $"{Count(cells.Count())} (first {cells.First().Approved.Cell}) measured by {cells.Key.Now}, approved by {cells.Key.Stages}");

        static bool Measured((ApprovedCell Approved, ApprovedCell Received) pair) => pair.Approved.Values.Count > 0 && pair.Received.Values.Count > 0;
    }

    private static IEnumerable<RegressionFinding> Differences(ApprovedCell approved, ApprovedCell received, TableResults fresh)
    {
        var cell = approved.Cell;
        if (approved.Metric != received.Metric) yield return new(FindingKind.CHANGED, $"{cell}: metric was {approved.Metric}, is {received.Metric}");
        if (approved.Unit != received.Unit) yield return new(FindingKind.CHANGED, $"{cell}: unit was {approved.Unit}, is {received.Unit}");
        if (approved.Metric != received.Metric || approved.Unit != received.Unit) yield break;
        if (approved.MeanValue is not { } before)
        {
            if (received.MeanValue is { } measured) yield return new(FindingKind.EXTRA, Text($"{cell}: approved as {approved.Verdict}, now measured: {measured:F2} over {received.Seeds.Count} seeds"));
            else if (approved.Verdict != received.Verdict) yield return new(FindingKind.CHANGED, $"{cell}: approved as {approved.Verdict}, is {received.Verdict}");
            yield break;
        }

        if (received.MeanValue is not { } now)
        {
            yield return new(FindingKind.NO_NUMBER, Text($"{cell}: approved {before:F2}, has no number: {fresh.Cells.First(row => row.Cell == cell).Verdict}, {fresh.Cells.First(row => row.Cell == cell).Reason}"));
            yield break;
        }

        if (!approved.Seeds.SequenceEqual(received.Seeds))
        {
            yield return new(FindingKind.SEEDS, Text($"{cell}: approved {before:F2} over seeds {string.Join(' ', approved.Seeds)}, found {now:F2} over seeds {string.Join(' ', received.Seeds)}"));
            yield break;
        }

        var sameVersions = approved.Stages == received.Stages;
        var comparableKeys = approved.Class.SharesKeysWith(received.Class);
        var sameWork = comparableKeys ? approved.Keys == received.Keys : approved.Settings == received.Settings;
        if (sameVersions && !sameWork && !approved.IsMean)
            yield return new(FindingKind.STALE, Text($"{cell}: approved {before:F2}, found {now:F2}, made by other settings or data: {(comparableKeys ? "stage keys" : "settings")} differ, stage versions ({approved.Stages}) do not"));

        if (sameVersions && sameWork && approved.Class == received.Class)
        {
            if (approved.IsMean) yield break;   // each cell was held to the bit
            var moved = approved.Seeds.Select((seed, i) => (seed, From: approved.Values[i], To: received.Values[i])).Where(value => value.From != value.To).ToArray();
            if (moved.Length > 0)
                yield return new(FindingKind.STALE, Text($"{cell}: numbers moved without a version: {string.Join(", ", moved.Select(value => Text($"seed {value.seed} approved {value.From:R}, found {value.To:R}")))}; tolerance 0, same bits are promised for {approved.Stages} on {approved.Class}"));
            yield break;
        }

        if (Math.Abs(now - before) > approved.Tolerance.GetValueOrDefault())
            yield return new(FindingKind.MOVED, Text($"{(approved.IsMean ? $"mean of all measured cells of {cell.Table}" : cell)}: approved {before:F2}, found {now:F2}, moved by {now - before:+0.00;-0.00} {(approved.Unit == "percent" ? "points" : approved.Unit)}; tolerance {approved.Tolerance.GetValueOrDefault():F2} on [{received.Class}], from {approved.Origin}"));
    }

    private static string Count(int cells) => cells == 1 ? "1 cell" : Text($"{cells} cells");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
