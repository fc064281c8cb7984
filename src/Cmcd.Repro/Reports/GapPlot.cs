using System.Globalization;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Reports.Plots;
using Cmcd.Repro.Results;
using Cmcd.Repro.Results.Gap;

namespace Cmcd.Repro.Reports;

/// <summary>The gap sweep: each scale that the file fixed against total variation, a panel a knob, a line a method.</summary>
internal static class GapPlot
{
    /// <summary>Name of the experiment that the paper lacks, and of the plot.</summary>
    public const string Name = "GapSweep";

    private const int Decimals = 4;   // as levels.csv has

    /// <summary>All knobs, scales and protocols.</summary>
    /// <param name="experiment">The experiment: knobs, scales, the primary estimator.</param>
    /// <param name="levels">levels.csv; at least one line.</param>
    /// <exception cref="ReproException">The lines are not those of this experiment's knobs and levels.</exception>
    public static PlotFacts Of(GapExperiment experiment, IReadOnlyList<GapRow> levels)
    {
        Check(experiment, levels);
        var temperature = experiment.Estimators.Temperatures[0].ToString(CultureInfo.InvariantCulture);
        var distance = $"tv.oracle.e4.global.tau{temperature}";
        if (!levels[0].Measures.ContainsKey(distance)) throw Another(experiment, $"has no column {distance}");

        return new(
            Name, experiment.About,
            $"Mean over {Text.Count(levels.Select(row => row.Seed).Distinct().Count(), "seed")} with its 95 % interval (Student t), where there are several. Total variation is E4 at temperature {temperature} between the encoders "
                + "of the true content, which the theorem speaks of; knobs that leave it still are controls and are shown by their setting. Excess risk is over the exact Bayes rule; gains are over SSL in LE, over Sup in FT. "
                + "Sup in LE is the teacher's encoder without step 2; ShuffledCMD has its pairs in random order.",
            ["scale", "protocol", "knob"],
            [.. from outcome in experiment.Outcomes
                from protocol in levels.Select(row => row.Protocol).Distinct()
                from knob in experiment.Knobs
                let series = levels.Where(row => row.Knob == knob.Id && row.Protocol == protocol && !IsReference(outcome, row)).GroupBy(row => row.Method)
                    .OrderBy(method => SeriesStyle.Of(method.Key)).Select(method => Series(method, knob, $"{outcome.Scale}", distance)).ToArray()
                where series.Length > 0
                select new PlotPanel(
                    $"{ScaleOf(outcome.Scale)}, {protocol}", knob.MovesGap ? knob.Id : $"{knob.Id} (control)", [$"{outcome.Scale}", protocol, knob.Id],
                    knob.MovesGap ? new("total variation", "share") : new(DialOf(knob.Dial), "setting", knob.Dial == GapDial.Pairs),
                    new(UnitOf(outcome.Scale), "percent"), Joined: true, series)]);
    }

    private static PlotSeries Series(IGrouping<string, GapRow> method, GapKnob knob, string scale, string distance) => new(
        method.Key, method.Key,
        [.. method.GroupBy(row => row.Level).OrderBy(level => level.Key).Select(level =>
        {
            var outcome = Cells.Fold(level.Select(row => row.Outcomes[scale]));
            var x = Cells.Fold(level.Select(row => knob.MovesGap ? row.Measures[distance] : row.Setting));
            return new PlotPoint(
                $"level {level.Key.ToString(CultureInfo.InvariantCulture)}", Rounded(x.Mean)!.Value, knob.MovesGap ? Rounded(x.Low) : null, knob.MovesGap ? Rounded(x.High) : null,
                Rounded(outcome.Mean)!.Value, Rounded(outcome.Low), Rounded(outcome.High), outcome.Count);
        })]);

    /// <summary>What gains are over has none itself.</summary>
    private static bool IsReference(GapOutcome outcome, GapRow row) => outcome.Scale != GapScale.ExcessRisk && ((row.Method, row.Protocol) is ("SSL", "LE") or ("Sup", "FT"));

    private static void Check(GapExperiment experiment, IReadOnlyList<GapRow> levels)
    {
        var expected = experiment.Knobs.SelectMany(knob => knob.Levels.Select((setting, place) => (knob.Id, Level: place + 1, setting))).ToHashSet();
        var found = levels.Select(row => (row.Knob, row.Level, row.Setting)).ToHashSet();
        var differing = found.Except(expected).Concat(expected.Except(found)).ToArray();
        if (differing.Length > 0)
        {
            var (knob, level, setting) = differing[0];
            throw Another(experiment, string.Create(CultureInfo.InvariantCulture, $"and the experiment file differ in {differing.Length} levels, such as level {level} of {knob} at {setting}"));
        }

        var counts = levels.GroupBy(row => (row.Knob, row.Level, row.Method, row.Protocol)).Select(group => (group.Key, group.Select(row => row.Seed).Distinct().Count(), group.Count())).ToArray();
        if (counts.FirstOrDefault(one => one.Item2 != counts[0].Item2 || one.Item3 != one.Item2) is { Item3: > 0 } odd)
        {
            throw Another(experiment, string.Create(
                CultureInfo.InvariantCulture,
                $"has {odd.Item3} lines of {odd.Item2} seeds for {odd.Key.Method} + {odd.Key.Protocol} at level {odd.Key.Level} of {odd.Key.Knob}, others have {counts[0].Item2} seeds: lines are missing or stand twice"));
        }
    }

    private static ReproException Another(GapExperiment experiment, string what) =>
        new($"levels.csv of {experiment.Id} {what}. It is of another version or was changed: run the experiment again (./build.sh --target={experiment.Id}), or restore the file from version control.");

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, Decimals) : null;

    private static string ScaleOf(GapScale scale) => scale switch
    {
        GapScale.ExcessRisk => "Excess risk",
        GapScale.Points => "Gain in points",
        GapScale.ErrorReduction => "Gain as error reduction",
        GapScale.Relative => "Relative gain",
        _ => scale.ToString(),
    };

    private static string UnitOf(GapScale scale) => scale switch
    {
        GapScale.ExcessRisk => "excess risk, points",
        GapScale.Points => "gain, points",
        GapScale.ErrorReduction => "error reduction, percent",
        GapScale.Relative => "relative gain, percent",
        _ => scale.ToString(),
    };

    private static string DialOf(GapDial dial) => dial switch
    {
        GapDial.PairCorrelation => "correlation of a pair's contents",
        GapDial.Shift => "shift of the target's content",
        GapDial.Angle => "angle, degrees",
        GapDial.Noise => "noise on the target's content",
        GapDial.Pairs => "pairs",
        _ => dial.ToString(),
    };
}
