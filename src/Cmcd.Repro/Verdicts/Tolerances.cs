using System.Globalization;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>How far an approved mean may move where other kernels round differently: measured, never typed.</summary>
/// <remarks>
/// Two sources. The spread over seeds: prediction interval for the mean of k = n new seeds, t · s · √(1/k + 1/n). s is the largest of the cell's own
/// standard deviation, the pooled one of its column and protocol (which gives the degrees of freedom), and the binomial one of its test set, so that three
/// seeds that agree by luck do not demand equality. Or a variance run, the same seeds in another determinism class: the largest shift seen, or t times the
/// root mean square of all shifts where that is more. A table's cells share the chance of a false alarm (Bonferroni): 5 % over
/// seeds, 0.1 % across classes, as a pipeline asks eight tables on whatever processor it is given. The mean of all cells has 5 % of its own; its
/// shift is taken to vary at least as the mean of independent cells would, so that one run in which ups and downs cancel demands no equality.
/// </remarks>
public static class Tolerances
{
    private const double FalseAlarms = 0.05, FalseAlarmsAcrossClasses = 0.001;

    /// <summary>The same cells with a tolerance and its origin.</summary>
    /// <param name="cells">What is to be approved: <see cref="ApprovedCell.From"/>.</param>
    /// <param name="old">What is approved now; empty if nothing. Without a variance run no tolerance grows over it.</param>
    /// <param name="variance">The same table measured in other determinism classes.</param>
    /// <exception cref="ReproException">A variance run is of other cells, seeds, settings or stages, or of the same determinism class.</exception>
    public static IReadOnlyList<ApprovedCell> Set(IReadOnlyList<ApprovedCell> cells, IReadOnlyList<ApprovedCell> old, IReadOnlyList<IReadOnlyList<ApprovedCell>> variance)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(variance);
        foreach (var run in variance) RequireComparable(cells, run);
        var measured = cells.Count(cell => cell.Values.Count > 0 && !cell.IsMean);
        return [.. cells.Select(cell =>
        {
            if (cell.Values.Count == 0) return cell;
            if (variance.Count > 0) return FromRuns(cell, cells, variance, 1 - (cell.IsMean ? FalseAlarms : FalseAlarmsAcrossClasses / measured));
            var derived = FromSpread(cell, cells, 1 - (FalseAlarms / (cell.IsMean ? 1 : measured)));
            var before = old.FirstOrDefault(earlier => (earlier.Cell, earlier.Metric) == (cell.Cell, cell.Metric));
            if (before?.Tolerance is not { } kept || derived.Tolerance <= kept) return derived;
            return cell with { Tolerance = kept, Origin = before.Origin };
        })];
    }

    private static ApprovedCell FromSpread(ApprovedCell cell, IReadOnlyList<ApprovedCell> cells, double confidence)
    {
        if (cell.Std is not { } own) return cell with { Origin = "none: one seed has no spread, and no variance run was attached" };
        var group = cells.Where(other => other.Std is not null && (other.Cell.Column, other.Cell.Protocol) == (cell.Cell.Column, cell.Cell.Protocol)).ToArray();
        var degrees = group.Sum(other => other.Values.Count - 1);
        var pooled = Math.Sqrt(group.Sum(other => (other.Values.Count - 1) * other.Std!.Value * other.Std.Value) / degrees);
        var floor = Binomial(cell);
        var std = Math.Max(Math.Max(own, pooled), floor);
        var t = StudentT.TwoSided(confidence, degrees);
        var tolerance = t * std * Math.Sqrt(2.0 / cell.Values.Count);
        return cell with
        {
            Tolerance = tolerance,
            Origin = Text($"prediction interval of the mean of {cell.Values.Count} seeds, t({degrees}) = {t:F2}; std is the largest of own {own:F2}, pooled {pooled:F2}, binomial {floor:F2}"),
        };
    }

    private static ApprovedCell FromRuns(ApprovedCell cell, IReadOnlyList<ApprovedCell> cells, IReadOnlyList<IReadOnlyList<ApprovedCell>> variance, double confidence)
    {
        var shifts = Shifts(ofMean: cell.IsMean);
        var largest = shifts.Max(Math.Abs);
        var rms = RootMeanSquare(shifts);
        if (cell.IsMean) rms = Math.Max(rms, RootMeanSquare(Shifts(ofMean: false)) / Math.Sqrt(cells.Count(other => other.Values.Count > 0 && !other.IsMean)));
        var t = StudentT.TwoSided(confidence, shifts.Length);
        var classes = string.Join(" and ", variance.Select(run => $"[{run[0].Class}]"));
        return cell with
        {
            Tolerance = Math.Max(largest, t * rms),
            Origin = Text($"variance run on {classes}: the larger of the largest of {shifts.Length} shifts, {largest:F2}, and t({shifts.Length}) = {t:F2} times their root mean square {rms:F2}"),
        };

        double[] Shifts(bool ofMean) => [.. variance.SelectMany(run => cells.Zip(run)).Where(pair => pair.First.Values.Count > 0 && pair.First.IsMean == ofMean)
            .Select(pair => pair.Second.MeanValue!.Value - pair.First.MeanValue!.Value)];
    }

    private static double RootMeanSquare(double[] shifts) => Math.Sqrt(shifts.Average(shift => shift * shift));

    /// <summary>Standard deviation of a percentage of right answers over test sets of this size; 0 where there are no counts, as behind a mean IoU.</summary>
    /// <remarks>The rate is (right + 1) / (items + 2), so that 0 and 100 % keep a spread. The mean of all cells has none of its own.</remarks>
    private static double Binomial(ApprovedCell cell)
    {
        if (cell.Metric != PredictionTable.MetricName || cell.Unit != "percent" || cell.Items == 0 || cell.IsMean) return 0;
        var rate = ((cell.MeanValue!.Value / 100 * cell.Items) + 1) / (cell.Items + 2);
        return 100 * Math.Sqrt(rate * (1 - rate) / cell.Items);
    }

    private static void RequireComparable(IReadOnlyList<ApprovedCell> cells, IReadOnlyList<ApprovedCell> run)
    {
        var what = $"The variance run on [{run[0].Class}]";
        if (run[0].Class == cells[0].Class) throw new ReproException($"{what} has the determinism class of the numbers to be approved: it shows no variance. Run the table with other --threads, --precision or on another processor.");
        if (!cells.Select(cell => (cell.Cell, cell.Metric, cell.Unit, cell.Tier)).SequenceEqual(run.Select(cell => (cell.Cell, cell.Metric, cell.Unit, cell.Tier))))
            throw new ReproException($"{what} has other cells than the numbers to be approved. Run the same table in the same tier.");
        foreach (var (cell, other) in cells.Zip(run))
        {
            if (!cell.Seeds.SequenceEqual(other.Seeds)) throw new ReproException($"{what}: {cell.Cell} has seeds {string.Join(' ', other.Seeds)}, expected {string.Join(' ', cell.Seeds)}.");
            if (cell.Settings != other.Settings || cell.Stages != other.Stages)
                throw new ReproException($"{what}: {cell.Cell} was made by other settings, data or stage versions ({other.Stages}). A variance run differs in its determinism class only.");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
