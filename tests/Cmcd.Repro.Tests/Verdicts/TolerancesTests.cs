using Cmcd.Repro.Randomness;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

/// <summary>Expected numbers: scipy.stats.t.ppf (SciPy 1.10) put into the formula of the class.</summary>
public class TolerancesTests
{
    private static readonly DeterminismClass Here = new("cpu", 1, "Fp32", "A CPU");

    [Fact]
    public void Spread_over_seeds_gives_the_prediction_interval_of_a_new_mean()
    {
        var set = Tolerances.Set(Table(Here, items: 0, [50, 51, 52.5], [60, 61.5, 63]), [], []);

        Assert.Equal(3.9511660765506385, set[0].Tolerance!.Value, 8);
        Assert.Equal(4.280980489281902, set[1].Tolerance!.Value, 8);
        Assert.Equal(4.83716323374641, set[2].Tolerance!.Value, 8);   // the mean of both, its own two degrees of freedom and its own 5 %
        Assert.Contains("prediction interval of the mean of 3 seeds, t(4) = 3.50", set[0].Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_that_agree_by_luck_leave_the_test_sets_own_spread()
    {
        var set = Tolerances.Set(Table(Here, items: 200, [50, 50, 50], [60, 60, 60]), [], []);
        Assert.Equal(10.090367780328457, set[0].Tolerance!.Value, 8);
        Assert.Equal(9.890558517351655, set[1].Tolerance!.Value, 8);   // 60 % varies less than 50 %
    }

    [Fact]
    public void One_seed_has_no_tolerance_and_says_why()
    {
        var set = Tolerances.Set(Table(Here, 200, [50], [60]), [], []);
        Assert.All(set, cell => Assert.Null(cell.Tolerance));
        Assert.Contains("one seed has no spread", set[0].Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variance_run_gives_its_largest_shift_or_more_and_names_its_class()
    {
        var cells = Table(Here, 200, [50], [60]);
        var there = Here with { Threads = 2 };
        var set = Tolerances.Set(cells, [], [Table(there, 200, [51], [58]), Table(there with { Precision = "Bf16" }, 200, [50.5], [60.5])]);

        Assert.All(set.Take(2), cell => Assert.Equal(12.085154846085302, cell.Tolerance!.Value, 8));   // t(4) at 0.1 % of two cells
        Assert.Equal(3.5675711770785177, set[2].Tolerance!.Value, 8);
        Assert.Contains("variance run on [cpu, 2 threads, Fp32, A CPU] and [cpu, 2 threads, Bf16, A CPU]", set[0].Origin, StringComparison.Ordinal);
        Assert.Contains("4 shifts, 2.00", set[0].Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tolerance_grows_only_with_a_variance_run()
    {
        var narrow = Tolerances.Set(Table(Here, 0, [50, 50.1, 50.2], [60, 60.1, 60.2]), [], []);
        var wide = Table(Here, 0, [45, 50, 55], [55, 60, 65]);

        Assert.Equal(narrow.Select(cell => (cell.Tolerance, cell.Origin)), Tolerances.Set(wide, narrow, []).Select(cell => (cell.Tolerance, cell.Origin)));
        Assert.All(Tolerances.Set(wide, narrow, [Table(Here with { Threads = 2 }, 0, [46, 51, 56], [54, 59, 64])]).Zip(narrow), pair => Assert.True(pair.First.Tolerance > pair.Second.Tolerance));
        Assert.Equal(Tolerances.Set(Table(Here, 0, [50], [60]), narrow, []).Select(cell => cell.Tolerance), narrow.Select(cell => cell.Tolerance));
    }

    [Fact]
    public void A_variance_run_of_the_same_class_or_of_other_cells_seeds_or_settings_is_refused()
    {
        var cells = Table(Here, 0, [50], [60]);
        var there = Here with { Threads = 2 };
        Refused("it shows no variance", Table(Here, 0, [51], [61]));
        Refused("has other cells", [.. Table(there, 0, [51], [61]).Take(2)]);
        Refused("has seeds 0 1, expected 0", Table(there, 0, [51, 52], [61, 62]));
        Refused("made by other settings", [.. Table(there, 0, [51], [61]).Select(cell => cell with { Settings = "other" })]);
        Refused("stage versions (evaluate:2)", [.. Table(there, 0, [51], [61]).Select(cell => cell with { Stages = "evaluate:2" })]);

        void Refused(string message, IReadOnlyList<ApprovedCell> run) =>
            Assert.Contains(message, Assert.Throws<ReproException>(() => Tolerances.Set(cells, [], [run])).Message, StringComparison.Ordinal);
    }

    /// <summary>Thirty cells, three seeds, equal truth: an independent second run may cross some tolerance in at most 5 % of the tables, and the bound is not idle.</summary>
    [Fact]
    public void A_table_that_did_not_change_raises_an_alarm_in_at_most_five_percent()
    {
        const int tables = 2000, rows = 15;
        var (cells, means) = (0, 0);
        for (var table = 0; table < tables; table++)
        {
            var random = new CounterRandom(table, Purpose.Test);
            double[][] Draw() => [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, 3).Select(_ => 50 + (double)random.NextNormal()).ToArray())];
            var set = Tolerances.Set(Table(Here, 0, Draw()), [], []);
            var again = Table(Here, 0, Draw());
            var moved = set.Zip(again).Where(pair => Math.Abs(pair.First.MeanValue!.Value - pair.Second.MeanValue!.Value) > pair.First.Tolerance).ToArray();
            if (moved.Any(pair => !pair.First.IsMean)) cells++;
            if (moved.Any(pair => pair.First.IsMean)) means++;
        }

        const double monteCarlo = 3 * 0.0049;   // three standard errors of 5 % over 2,000 tables
        Assert.InRange(cells / (double)tables, 0.005, 0.05 + monteCarlo);
        Assert.InRange(means / (double)tables, 0.05 - monteCarlo, 0.05 + monteCarlo);
    }

    private static IReadOnlyList<ApprovedCell> Table(DeterminismClass determinism, int items, params double[][] values)
    {
        var cells = values.Select((value, row) => new ApprovedCell(
            new("Table1", $"row {row}", "column", "LE"), "top1", "percent", "mini", [.. value.Select((_, seed) => (long)seed)], value, items, null, null, "", determinism,
            "evaluate:1", "keys", "settings")).ToList();
        cells.Add(ApprovedCell.Mean(cells)!);
        return cells;
    }
}
