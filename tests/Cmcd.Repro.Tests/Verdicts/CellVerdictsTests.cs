using Cmcd.Repro.Commands;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

public class CellVerdictsTests
{
    private static readonly double[] Steady = [60.1, 59.8, 60.0, 60.2, 59.9];

    [Fact]
    public void A_mean_shown_to_lie_within_the_margin_is_reproduced_and_says_why()
    {
        var verdict = One(60.3, Steady);

        Assert.Equal(Verdict.REPRODUCED, verdict.Verdict);
        Assert.Equal(0.005 + Math.Sqrt((1.959964 * 1.959964 * 60.3 * 39.7 / 1000) + 0.25), verdict.Margin!.Value, 5);
        Assert.True(verdict.PEquivalent < 0.05 && verdict.PDifferent > 0.9, $"{verdict}");
        Assert.Equal((null, null), (verdict.MoreSeeds, verdict.MoreHours));
        Assert.Matches(
            @"^60\.00 from 5 seeds, printed 60\.30: the difference -0\.30, standard error 0\.\d\d.*, is within the margin of 3\.08: two one-sided t tests, p 0\.\d+, after Holm over 1 cells 0\.\d+\. "
            + @"Margin: rounding 0\.005, test set of 1,000 items 3\.03, decoder 0\.30, resize 0\.40, joined by squares but for the rounding\.$", verdict.Reason);
    }

    [Theory]
    [InlineData(75, "worse than printed"), InlineData(45, "better than printed")]
    public void A_mean_shown_to_lie_beyond_the_margin_is_contradicted_in_either_direction(double printed, string way)
    {
        var verdict = One(printed, Steady);

        Assert.Equal(Verdict.CONTRADICTED, verdict.Verdict);
        Assert.Contains(way, verdict.Reason, StringComparison.Ordinal);
        Assert.True(verdict.PDifferent < 0.05 && verdict.PEquivalent > 0.95, $"{verdict}");
    }

    [Fact]
    public void What_neither_is_shown_says_how_many_seeds_and_hours_would_decide()
    {
        var verdict = One(61, [58.5, 61.5, 60]);

        Assert.Equal(Verdict.INCONCLUSIVE, verdict.Verdict);
        Assert.InRange(verdict.MoreSeeds!.Value, 1, 20);
        Assert.Equal(verdict.MoreSeeds.Value * 2.0, verdict.MoreHours!.Value, 9);   // teacher 1 h, distillation and evaluation half an hour each: every stage once
        Assert.Contains($"{verdict.MoreSeeds} more seed", verdict.Reason, StringComparison.Ordinal);

        var more = Enumerable.Range(0, 3 + verdict.MoreSeeds.Value).Select(seed => new[] { 58.5, 61.5, 60 }[seed % 3]).ToArray();
        Assert.Equal(Verdict.REPRODUCED, One(61, more).Verdict);
    }

    [Theory]
    [InlineData(63.0, "about the size of the margin")]
    [InlineData(64.0, "the printed value is one run, and ours scatter by")]
    public void What_no_number_of_seeds_decides_says_so(double printed, string why)
    {
        var verdict = One(printed, [58.5, 61.5, 60]);

        Assert.Equal((Verdict.INCONCLUSIVE, null, null), (verdict.Verdict, verdict.MoreSeeds, verdict.MoreHours));
        Assert.Contains("no number of seeds", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains(why, verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_seed_decides_nothing_however_well_it_fits()
    {
        var verdict = One(60, [60]);

        Assert.Equal((Verdict.INCONCLUSIVE, null, null), (verdict.Verdict, verdict.PEquivalent, verdict.PDifferent));
        Assert.True(verdict.MoreSeeds > 0, verdict.Reason);
        Assert.StartsWith("60.00 from 1 seed, printed 60.00: one run has no spread", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_with_the_same_answers_are_one_run()
    {
        var verdict = CellVerdicts.Judge(MadeTable.Of([("CMC", 60, [60, 60, 60, 60, 60])], alike: true), MadeTable.Parity, MadeTable.TestSet).Single();

        Assert.Equal(Verdict.INCONCLUSIVE, verdict.Verdict);
        Assert.Contains("5 seeds, of which all give the same answers to every item", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_values_of_few_seeds_are_no_certainty()
    {
        var verdict = One(62.6, [60, 60, 60]);   // without the floor: no spread, so within the margin of 3.04 for sure

        Assert.Equal(Verdict.INCONCLUSIVE, verdict.Verdict);
        Assert.Contains("(spread 0.00 over seeds, floored at ", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_is_one_family_and_cells_left_out_count()
    {
        var many = Enumerable.Range(0, 59).Select(row => ($"row{row}", (double?)50, Array.Empty<double>())).Prepend(("CMC", 61.9, Steady)).ToArray();

        Assert.Equal(Verdict.REPRODUCED, One(61.9, Steady).Verdict);
        var verdict = CellVerdicts.Judge(MadeTable.Of(many), MadeTable.Parity, MadeTable.TestSet)[0];
        Assert.Equal(Verdict.INCONCLUSIVE, verdict.Verdict);
        Assert.Contains("after Holm over 60 cells", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tier_that_stands_in_is_never_compared_whatever_its_file_says()
    {
        var results = MadeTable.Of([("CMC", 60.3, Steady)]);
        results = results with { Cells = [results.Cells[0] with { Tier = "mini", Verdict = Verdict.REPRODUCED, Reason = "by hand" }] };
        var verdict = CellVerdicts.Judge(results, null, MadeTable.TestSet).Single();

        Assert.Equal(
            (Verdict.NOT_TESTED, "mini data stand in for the paper's: the printed value is not comparable", null),
            (verdict.Verdict, verdict.Reason, verdict.Margin));
    }

    [Fact]
    public void Committed_mini_cells_keep_their_words()
    {
        var cells = CellsCsv.Read(Path.Combine(Repository.Root, "results", "mini", "Table1", "cells.csv"));
        var verdicts = CellVerdicts.Judge(MadeTable.Of([]) with { Cells = cells }, null, MadeTable.TestSet);

        Assert.Equal(cells.Select(cell => (cell.Cell, cell.Verdict, cell.Reason)), verdicts.Select(verdict => (verdict.Cell, verdict.Verdict, verdict.Reason)));
    }

    [Fact]
    public void What_was_not_measured_or_went_wrong_or_is_stale_stays_as_it_stands()
    {
        var results = MadeTable.Of([("CMC", 60.3, Steady), ("CMD", 60.3, []), ("SSL", 60.3, Steady), ("CMKD", null, Steady)]);
        results = results with
        {
            Cells =
            [
                results.Cells[0] with { Reason = "distill CMC, seed 1: the loss is not finite" }, results.Cells[1],
                results.Cells[2] with { Verdict = Verdict.STALE, Reason = "made by version 1" }, results.Cells[3],
            ],
        };
        var verdicts = CellVerdicts.Judge(results, MadeTable.Parity, MadeTable.TestSet);

        Assert.Equal(
            [
                (Verdict.NOT_TESTED, "distill CMC, seed 1: the loss is not finite"), (Verdict.UNAVAILABLE, "Sketchy cannot be read"),
                (Verdict.STALE, "made by version 1"), (Verdict.NOT_TESTED, "the paper prints no value here"),
            ],
            verdicts.Select(verdict => (verdict.Verdict, verdict.Reason)));
    }

    [Fact]
    public void A_test_set_of_another_size_is_not_compared()
    {
        var parity = MadeTable.Parity with { TestItems = new Dictionary<string, int> { ["sketchy-eval"] = 15146 } };
        var verdict = CellVerdicts.Judge(MadeTable.Of([("CMC", 60.3, Steady)]), parity, MadeTable.TestSet).Single();

        Assert.Equal((Verdict.NOT_TESTED, null), (verdict.Verdict, verdict.Margin));
        Assert.Contains("measured on 1,000 test items, the paper's test set has 15,146", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_do_not_change_with_the_culture_nor_verdicts_from_call_to_call()
    {
        var expected = One(60.3, Steady);
        using var culture = new CommaCulture();
        Assert.Equal(expected, One(60.3, Steady));
    }

    [Theory]
    [InlineData(0, 0, "REPRODUCED", 4)]
    [InlineData(2, 1, "CONTRADICTED", 3)]
    [InlineData(2, 0, "REPRODUCED CONTRADICTED INCONCLUSIVE", 1)]
    [InlineData(2, 0, "REPRODUCED INCONCLUSIVE", 2)]
    [InlineData(2, 0, "REPRODUCED NOT_TESTED UNAVAILABLE", 0)]
    public void The_exit_code_follows_the_worst_verdict(int runs, int failures, string verdicts, int code)
    {
        var cell = MadeTable.Of([("CMC", 60.3, Steady)]).Cells[0];
        Assert.Equal(code, RunCommand.ExitCodeOf(runs, failures, [.. verdicts.Split(' ').Select(verdict => cell with { Verdict = Enum.Parse<Verdict>(verdict) })]));
    }

    private static CellVerdict One(double printed, double[] values) => CellVerdicts.Judge(MadeTable.Of([("CMC", printed, values)]), MadeTable.Parity, MadeTable.TestSet).Single();
}
