using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Results;
using Cmcd.Repro.Verdicts;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Tests.Verdicts;

/// <summary>Cells whose number is no share of right answers, on their way through the verdicts.</summary>
public sealed class ItemScoresTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Two_cells_of_segmentation_are_compared_seed_by_seed_and_image_by_image()
    {
        var results = Segmented([70, 72, 74], [60, 61, 63]);
        var cells = new MeasuredCells([results]);
        var (first, second) = (cells.Scores(new("Table1", "CMC+LE", ResultFolder.Segmented))!, cells.Scores(new("Table1", "SSL+LE", ResultFolder.Segmented))!);
        var estimate = SeedInference.Difference(first.BySeed, second.BySeed, 0);

        Assert.True(first.Shares(second));
        Assert.Equal(results.Cells[0].Mean!.Value - results.Cells[1].Mean!.Value, estimate.Value, 0.0101);   // cells.csv has two decimals
        Assert.Equal(results.Runs.Where(run => run.Row == "CMC+LE").Average(run => run.Value) - results.Runs.Where(run => run.Row == "SSL+LE").Average(run => run.Value), estimate.Value, 9);
        Assert.InRange(estimate.PAbove, 0, 0.025);
    }

    [Fact]
    public void One_shared_seed_of_segmentation_is_tested_image_by_image()
    {
        var (ours, theirs) = (Segmented([70], [60]), Segmented([68], [60]));
        var test = ShiftTest.Of(ours, theirs, ours.Cells[0]);

        var (mine, its) = (ours.Confusions[ResultFolder.Segmented].Scores("cmc+lenyu-depth v20"), theirs.Confusions[ResultFolder.Segmented].Scores("cmc+lenyu-depth v20"));
        double[] difference = [.. mine.Zip(its, (one, other) => one - other)];
        var error = Math.Sqrt(difference.Sum(each => Math.Pow(each - difference.Average(), 2)) / 199 / 200);
        Assert.Equal((difference.Average(), "one seed, by 200 items"), (test.Difference, test.Name));
        Assert.Equal(2 * Distributions.NormalTail(Math.Abs(test.Difference) / error), test.P!.Value, 12);
        Assert.Equal(1.959963984540054 * error, test.High!.Value - test.Difference, 9);

        var same = ShiftTest.Of(ours, ours, ours.Cells[0]);
        Assert.Equal((0, 1.0), (same.Difference, same.P!.Value));
    }

    [Fact]
    public void Results_of_segmentation_are_compared_and_their_changed_images_counted()
    {
        var (ours, theirs) = (Segmented([70, 72], [60, 61]), Segmented([70, 71.5], [60, 61]));
        var shift = ResultsDifference.Between([ours], [theirs]).Shifts[0];
        Assert.Equal("paired by 2 seeds and by item", shift.Test.Name);
        Assert.Equal(10, shift.ChangedAnswers);   // ten of 2,000 pixels, each in an image of its own
    }

    /// <summary>Answers that are all repeated ten times are not ten times as many items: the estimate must not become surer.</summary>
    [Fact]
    public void Draws_of_labelled_items_do_not_count_as_items()
    {
        var (once, repeated) = (Drawn(1), Drawn(10));
        Assert.Equal(once, repeated);

        static Estimate Drawn(int draws)
        {
            IReadOnlyList<int> Answers(int from, int right) => [.. Enumerable.Repeat(Enumerable.Range(0, 100).Select(item => (item + from) % 100 < right ? 1 : 0), draws).SelectMany(answers => answers)];
            var answers = new Dictionary<string, IReadOnlyList<int>> { ["a0"] = Answers(0, 60), ["a1"] = Answers(3, 62), ["b0"] = Answers(0, 50), ["b1"] = Answers(3, 51) };
            var table = new PredictionTable([.. Enumerable.Repeat(1, 100)], answers) { Draws = draws };
            return PairedInference.Difference([table.Scores("a0"), table.Scores("a1")], [table.Scores("b0"), table.Scores("b1")]);
        }
    }

    [Fact]
    public void Seeds_with_the_same_confusions_are_one_run()
    {
        var results = Segmented([70, 70, 70], [60, 61, 63]);
        var printed = results with { Cells = [results.Cells[0] with { Tier = "paper", PaperValue = 50, Reason = CellVerdicts.Unjudged }] };
        var column = new Repro.Experiments.ColumnSettings(ResultFolder.Segmented, "", "", "segmentation", "miou", "percent", "", "", "test");
        var verdict = CellVerdicts.Judge(printed, new(new Dictionary<string, int> { ["test"] = ResultFolder.Items }, []), [column])[0];
        Assert.Contains("3 seeds, of which all give the same answers to every item", verdict.Reason, StringComparison.Ordinal);
    }

    private TableResults Segmented(double[] ours, double[] theirs) => TableResults.Read(ResultFolder.Write(
        _scratch.Create(Guid.NewGuid().ToString()), ("CMC+LE", ResultFolder.Segmented, ours), ("SSL+LE", ResultFolder.Segmented, theirs)));
}
