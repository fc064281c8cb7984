using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Tests.Verdicts;

public class ResultsDifferenceTests
{
    private static readonly (string, (long, string)[]) Steady = ("SSL+LE", [(0, Made.First(100)), (1, Made.First(102)), (2, Made.First(104))]);

    private static readonly TableResults Before = Made.Table(Steady, ("CMC+LE", [(0, Made.First(120)), (1, Made.First(124)), (2, Made.First(126))]));

    [Fact]
    public void Results_against_themselves_differ_in_nothing()
    {
        var difference = ResultsDifference.Between([Before], [Before]);

        Assert.Empty(difference.Conditions);
        Assert.Empty(difference.OneSided);
        Assert.All(difference.Shifts, shift => Assert.True(shift.Same && shift.Test.P == 1));
        Assert.Equal((false, false), (difference.Moved, difference.Undecided));
    }

    [Fact]
    public void A_cell_that_falls_by_a_third_moved_and_its_neighbour_did_not()
    {
        var after = Made.Table("x", Steady, ("CMC+LE", [(0, Made.First(60)), (1, Made.First(65)), (2, Made.First(66))]));
        var difference = ResultsDifference.Between([Before], [after]);

        Assert.True(difference.Moved);
        Assert.Equal(["CMC+LE"], difference.Shifts.Where(shift => shift.Moved).Select(shift => shift.First.Row));
        var moved = difference.Shifts[1];
        Assert.Equal(2 * moved.Test.P!.Value, moved.AdjustedP!.Value, 12);   // Holm: the smaller of two
        Assert.Equal((59 + 60 + 60 + 0, 0), (moved.ChangedAnswers!.Value, moved.SameKeyOtherAnswers));
    }

    [Fact]
    public void More_seeds_on_one_side_are_told_and_not_taken_for_a_difference()
    {
        var fewer = Made.Table(("SSL+LE", [(0, Made.First(100))]), ("CMC+LE", [(0, Made.First(120))]));
        var difference = ResultsDifference.Between([fewer], [Before]);

        Assert.All(difference.Shifts, shift => Assert.True(shift.Same));
        Assert.Equal([1L, 2L], difference.Shifts[0].LoneSeeds);
        Assert.Contains(new("runs", "seeds", "0", "0, 1, 2"), difference.Conditions);
    }

    [Fact]
    public void Other_answers_under_the_same_key_are_told()
    {
        var after = Made.Table(Steady, ("CMC+LE", [(0, Made.First(119)), (1, Made.First(124)), (2, Made.First(126))]));
        var shift = ResultsDifference.Between([Before], [after]).Shifts[1];

        Assert.Equal((1, 1, false), (shift.SameKeyOtherAnswers, shift.ChangedAnswers, shift.Moved));
    }

    [Fact]
    public void A_cell_a_table_or_a_number_that_one_side_lacks_counts_as_moved()
    {
        var fewer = Before with { Cells = [Before.Cells[0]] };
        Assert.Equal(["Table1/CMC+LE/Sketchy/LE (top1, percent): only in the first"], Moved([Before], [fewer]));
        Assert.Equal(["Table1/CMC+LE/Sketchy/LE (top1, percent): only in the second"], Moved([fewer], [Before]));
        Assert.Equal(["Table1: the whole table is only in the first"], Moved([Before], []));

        var otherUnit = Before with { Cells = [Before.Cells[0], Before.Cells[1] with { Unit = "share" }] };
        Assert.Equal(2, Moved([Before], [otherUnit]).Count);

        var unmeasured = Before with { Cells = [Before.Cells[0], Before.Cells[1] with { Mean = null, Verdict = Verdict.UNAVAILABLE, Reason = "no data" }] };
        Assert.Contains("61.67 percent over 3 seeds in the first, UNAVAILABLE (no data) in the second", Assert.Single(Moved([Before], [unmeasured])), StringComparison.Ordinal);

        static IReadOnlyList<string> Moved(TableResults[] first, TableResults[] second)
        {
            var difference = ResultsDifference.Between(first, second);
            Assert.True(difference.Moved);
            return difference.OneSided;
        }
    }

    [Fact]
    public void Another_verdict_counts_as_moved()
    {
        var judged = Before with { Cells = [Before.Cells[0], Before.Cells[1] with { Verdict = Verdict.STALE }] };
        Assert.True(ResultsDifference.Between([Before], [judged]).Moved);
    }

    [Fact]
    public void A_difference_without_a_test_is_undecided_and_not_green()
    {
        var (one, other) = (Made.Table(("CMC+LE", [(0, Made.First(120))])), Made.Table(("CMC+LE", [(1, Made.First(100))])));
        var difference = ResultsDifference.Between([one], [other]);

        Assert.Equal((false, true), (difference.Moved, difference.Undecided));
    }

    [Fact]
    public void What_was_done_differently_is_told_path_by_path_and_like_rows_together()
    {
        var settings = (JObject)((JObject)Before.Manifest.Settings).DeepClone();
        foreach (var row in settings["rows"]!) row["step3"]!["epochs"] = 90;
        settings["student"]!["precision"] = "Bf16";
        var after = Before with
        {
            Manifest = Before.Manifest with
            {
                Settings = settings,
                Environment = Before.Manifest.Environment with { Threads = 1, Packages = new Dictionary<string, string> { ["libtorch"] = "3" } },
                Datasets = new Dictionary<string, string> { ["pairs"] = "d2" },
                Stages = [.. Before.Manifest.Stages.Select(stage => stage with { Version = 2 })],
                Runs = 7,
            },
        };

        Assert.Equal(
            [
                new("environment", "threads", "2", "1"), new("environment", "libtorch", "absent", "3"), new("runs", "number", "6", "7"), new("data", "pairs", "d1", "d2"),
                new("stages", "version of evaluate", "1", "2"), new("stages", "version of pretrain", "1", "2"), new("settings", "student.precision", "Fp32", "Bf16"),
                new("settings", "rows[SSL+LE, CMC+LE].step3.epochs", "100", "90"),
            ],
            ResultsDifference.Between([Before], [after]).Conditions);
    }
}
