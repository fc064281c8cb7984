using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts.Calibration;
using Cmcd.Repro.Verdicts.Statistics;
using static Cmcd.Repro.Verdicts.Calibration.CellCalibration;

namespace Cmcd.Repro.Tests.Verdicts;

/// <summary>The verdict engine on made-up results with a known truth, at small size (full size: target Calibrate), and what the simulation says of engines that are broken on purpose.</summary>
public class CalibrationTests
{
    private const int Rounds = 200;
    private const int Items = 150;
    private const int Seeds = 6;

    /// <summary>Wide enough that the floor, which only makes verdicts rarer, seldom takes part: the tests stand alone.</summary>
    private const double WideSpread = 5;

    /// <summary>A rate of 5 % is seen above this in 200 rounds once in 30,000 tries: four standard deviations.</summary>
    private static readonly double Bound = 0.05 + (4 * Math.Sqrt(0.05 * 0.95 / Rounds));

    [Fact]
    public void False_verdicts_stay_within_five_percent_of_the_tables()
    {
        Assert.InRange(Rate(Engine, Printed.AtTheMargin, Verdict.REPRODUCED), 0, Bound);
        Assert.InRange(Rate(Engine, Printed.OneRun, Verdict.CONTRADICTED), 0, Bound);
        Assert.InRange(Rate(Engine, Printed.OneRunAtTheMargin, Verdict.CONTRADICTED), 0, Bound);
    }

    [Fact]
    public void True_verdicts_are_found()
    {
        Assert.InRange(Rate(Engine, Printed.TheMean, Verdict.REPRODUCED, 1), 0.5, 1);
        Assert.InRange(Rate(Engine, Printed.OneRunThreeMarginsOff, Verdict.CONTRADICTED, 1), 0.5, 1);
    }

    [Fact]
    public void One_seed_never_decides() => Assert.Equal(
        (0, 0),
        (Measure(Engine, Printed.TheMean, Verdict.REPRODUCED, 1, Items, 0, 50).Hits, Measure(Engine, Printed.OneRunThreeMarginsOff, Verdict.CONTRADICTED, 1, Items, 0, 50).Hits));

    [Theory]
    [InlineData(2, 0), InlineData(3, 2), InlineData(5, 5)]
    public void Intervals_cover_and_tests_do_not_cry_wolf(int seeds, double spread)
    {
        var rows = PairedCalibration.Measure(PairedInference.Difference, seeds, Items, spread, 0, Rounds);
        Assert.InRange(1 - rows[0].Share, 0, Bound);
        Assert.InRange(rows[1].Share, 0, Bound);
    }

    [Fact]
    public void A_true_difference_is_seen() => Assert.InRange(PairedCalibration.Measure(PairedInference.Difference, 5, 600, 0.5, 8, 100)[1].Share, 0.8, 1);

    [Fact]
    public void Seeds_taken_for_one_long_test_set_are_found_out()
    {
        var rows = PairedCalibration.Measure(OneLongTestSet, 5, Items, 5, 0, Rounds);
        Assert.True(1 - rows[0].Share > Bound, $"coverage {rows[0].Share}");
        Assert.True(rows[1].Share > Bound, $"false positives {rows[1].Share}");
    }

    [Fact]
    public void Items_left_out_of_the_uncertainty_are_found_out() =>
        Assert.True(1 - PairedCalibration.Measure(SeedsOnly, 5, Items, 0, 0, Rounds)[0].Share > Bound);

    [Fact]
    public void A_table_without_Holm_is_found_out() => Assert.True(Rate(CellByCell, Printed.AtTheMargin, Verdict.REPRODUCED) > Bound);

    [Fact]
    public void A_doubled_margin_is_found_out() => Assert.True(Rate(DoubledMargin, Printed.AtTheMargin, Verdict.REPRODUCED, 1) > Bound);

    [Fact]
    public void Seed_noise_left_out_is_found_out()
    {
        Assert.True(Rate(MeansAlone, Printed.AtTheMargin, Verdict.REPRODUCED) > Bound);
        Assert.True(Rate(MeansAlone, Printed.OneRunAtTheMargin, Verdict.CONTRADICTED) > Bound);
    }

    private static double Rate(Judge judge, Printed printed, Verdict verdict, double spread = WideSpread) => Measure(judge, printed, verdict, Seeds, Items, spread, Rounds).Share;

    private static Estimate OneLongTestSet(IReadOnlyList<IReadOnlyList<double>> first, IReadOnlyList<IReadOnlyList<double>> second, double by)
    {
        double[] differences = [.. first.SelectMany(scores => scores).Zip(second.SelectMany(scores => scores), (a, b) => a - b)];
        return Normal(differences);
    }

    private static Estimate SeedsOnly(IReadOnlyList<IReadOnlyList<double>> first, IReadOnlyList<IReadOnlyList<double>> second, double by) =>
        Normal([.. first.Zip(second, (a, b) => a.Average() - b.Average())]);

    private static Estimate Normal(double[] values)
    {
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
        return new(mean, mean - (1.96 * error), mean + (1.96 * error), Distributions.NormalTail(mean / error), Distributions.NormalTail(-mean / error));
    }

    private static IReadOnlyList<Verdict> CellByCell(TableResults results, TierParity parity, IReadOnlyList<ColumnSettings> columns) =>
        [.. results.Cells.SelectMany(cell => Engine(results with { Cells = [cell] }, parity, columns))];

    private static IReadOnlyList<Verdict> DoubledMargin(TableResults results, TierParity parity, IReadOnlyList<ColumnSettings> columns)
    {
        var margin = results.Cells.Max(cell => Margin.Of(cell.PaperValue!.Value, Items, parity.Gaps.Select(gap => gap.Points)).Total);
        return Engine(results, parity with { Gaps = [.. parity.Gaps, new("doubled", margin * Math.Sqrt(3), "broken on purpose")] }, columns);
    }

    private static IReadOnlyList<Verdict> MeansAlone(TableResults results, TierParity parity, IReadOnlyList<ColumnSettings> columns) =>
        [.. results.Cells.Select(cell => Math.Abs(cell.Mean!.Value - cell.PaperValue!.Value) < Margin.Of(cell.PaperValue.Value, Items, parity.Gaps.Select(gap => gap.Points)).Total
            ? Verdict.REPRODUCED
            : Verdict.CONTRADICTED)];
}
