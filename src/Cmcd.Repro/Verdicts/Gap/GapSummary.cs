using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Randomness;
using Cmcd.Repro.Results.Gap;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Verdicts.Gap;

/// <summary>Does an outcome rise or fall with total variation over a knob's levels? Every method, protocol, scale and estimator.</summary>
/// <remarks>
/// Spearman's correlation over levels, each level the mean of its seeds; the interval resamples seeds, all levels of a seed together, 1,999 times (percentile). It
/// shows how sure the seeds make the order of these levels, not what other levels would give. With five seeds a percentile interval is somewhat too narrow.
/// </remarks>
public static class GapSummary
{
    private const int Draws = 1999;
    private const double LeastDefined = 0.95;   // share of resamples in which both quantities move
    private const string None = "none", Open = "open";

    /// <summary>All lines where both quantities move, in the order of knobs, estimators, methods and scales as the experiment lists them.</summary>
    /// <param name="experiment">The experiment: knobs, scales, predicted signs.</param>
    /// <param name="rows">levels.csv.</param>
    /// <exception cref="ArgumentException">A level lacks a seed that another has.</exception>
    public static IReadOnlyList<GapCorrelation> Of(GapExperiment experiment, IReadOnlyList<GapRow> rows)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(rows);
        return [.. experiment.Knobs.SelectMany(knob => OfKnob(experiment, knob, [.. rows.Where(row => row.Knob == knob.Id)]))];
    }

    private static IEnumerable<GapCorrelation> OfKnob(GapExperiment experiment, GapKnob knob, GapRow[] rows)
    {
        if (rows.Length == 0) yield break;
        var seeds = rows.Select(row => row.Seed).Distinct().Order().ToArray();
        var resamples = Resampled(seeds.Length);
        var first = rows.Where(row => (row.Method, row.Protocol) == (rows[0].Method, rows[0].Protocol)).ToArray();
        var quantities = rows[0].Measures.Keys.Where(IsEstimate).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Ranks: RanksOf(Table(first, seeds, row => row.Measures[name]), resamples))).ToArray();
        if (knob.Dial == GapDial.Pairs) quantities = [("setting", RanksOf(Table(first, seeds, row => row.Setting), resamples))];
        foreach (var method in rows.GroupBy(row => (row.Method, row.Protocol)))
            foreach (var outcome in experiment.Outcomes)
            {
                var ranks = RanksOf(Table([.. method], seeds, row => row.Outcomes[$"{outcome.Scale}"]), resamples);
                foreach (var quantity in quantities)
                {
                    double[] correlations = [.. quantity.Ranks.Zip(ranks, Correlation)];
                    if (double.IsFinite(correlations[0])) yield return Judge("spearman", knob, quantity.Name, method.Key, $"{outcome.Scale}", correlations, knob.MovesGap ? outcome.Sign : None, seeds.Length);
                }
            }

        if (knob.Dial == GapDial.Pairs && Slope(knob, first, seeds, resamples) is { } slope) yield return slope;
    }

    /// <summary>Theorem 3.2's rate: the divergence on unseen pairs less that on seen ones should shrink as n^(-1/2), a slope of -0.5 in logarithms.</summary>
    private static GapCorrelation? Slope(GapKnob knob, GapRow[] rows, long[] seeds, int[][] resamples)
    {
        var gap = Table(rows, seeds, row => row.Measures["kl.held"] - row.Measures["kl.pairs"]);
        var counts = Table(rows, seeds, row => row.Setting);
        var slopes = resamples.Select(resample =>
        {
            var points = counts.Zip(gap).Select(level => (X: level.First[0], Y: resample.Average(seed => level.Second[seed]))).Where(point => point.Y > 0).ToArray();
            return points.Length < 3 ? double.NaN : LeastSquares([.. points.Select(point => Math.Log(point.X))], [.. points.Select(point => Math.Log(point.Y))]);
        }).ToArray();
        return !double.IsFinite(slopes[0]) ? null : Judge("slope", knob, "log pairs", ("CMD", ""), "log of divergence on held-out pairs less on seen pairs", slopes, "negative", seeds.Length);
    }

    /// <summary>The first value is that of all seeds, the others those of the resamples.</summary>
    private static GapCorrelation Judge(string statistic, GapKnob knob, string quantity, (string Method, string Protocol) who, string outcome, double[] values, string predicted, int seeds)
    {
        var (value, defined) = (values[0], values.Skip(1).Where(double.IsFinite).ToArray());
        if (seeds < 2 || defined.Length < LeastDefined * Draws) return new(statistic, knob.Id, quantity, who.Method, who.Protocol, outcome, value, null, null, predicted, Open, seeds);

        var (low, high) = Resamples.Middle95(defined);
        return new(statistic, knob.Id, quantity, who.Method, who.Protocol, outcome, value, low, high, predicted, low > 0 ? "positive" : high < 0 ? "negative" : Open, seeds);
    }

    /// <summary>Values by level, then seed.</summary>
    private static double[][] Table(GapRow[] rows, long[] seeds, Func<GapRow, double> value) => [.. rows.GroupBy(row => row.Level).OrderBy(level => level.Key).Select(level =>
        {
            var bySeed = level.ToDictionary(row => row.Seed, value);
            return bySeed.Count == seeds.Length ? seeds.Select(seed => bySeed[seed]).ToArray() : throw new ArgumentException($"Level {level.Key} of {rows[0].Knob} has {bySeed.Count} of {seeds.Length} seeds.", nameof(rows));
        })];

    private static double[][] RanksOf(double[][] table, int[][] resamples) => [.. resamples.Select(resample =>
        // Rounded: equal means of different seeds must tie.
        RankCorrelation.Ranks([.. table.Select(level => Math.Round(resample.Average(seed => level[seed]), 9))]))];

    private static int[][] Resampled(int seeds) => [[.. Enumerable.Range(0, seeds)], .. Enumerable.Range(0, Draws).Select(draw =>
    {
        var random = new CounterRandom(4, Purpose.Resampling, sample: draw);
        return Enumerable.Range(0, seeds).Select(_ => random.NextInt(seeds)).ToArray();
    })];

    /// <summary>Pearson's correlation of ranks; NaN where one side is constant.</summary>
    private static double Correlation(double[] x, double[] y)
    {
        var middle = (x.Length + 1) / 2.0;
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - middle) * (y[i] - middle);
            xx += (x[i] - middle) * (x[i] - middle);
            yy += (y[i] - middle) * (y[i] - middle);
        }

        return xx * yy == 0 ? double.NaN : xy / Math.Sqrt(xx * yy);
    }

    private static double LeastSquares(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }

    // A reference value is no estimate.
    private static bool IsEstimate(string name) =>
        name.StartsWith("tv.", StringComparison.Ordinal) && !name.EndsWith(".shuffled", StringComparison.Ordinal) && !name.EndsWith(".null", StringComparison.Ordinal);
}
