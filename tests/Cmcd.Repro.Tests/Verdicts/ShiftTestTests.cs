using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

/// <summary>Golden values: make_shift_tests.py (SciPy).</summary>
public class ShiftTestTests
{
    [Fact]
    public void Seeds_that_both_have_are_tested_in_pairs()
    {
        // Other labels: without the floor of the items, which SciPy does not know.
        var test = Of([60, 62, 67], [58.5, 60, 63], otherItems: true);

        Assert.Equal((2.5, "paired by 3 seeds"), (test.Difference, test.Name));
        Assert.Equal(0.0820149079568, test.P!.Value, 11);
        Assert.Equal((-0.786205303988, 5.78620530399), (test.Low!.Value, test.High!.Value), new Near());
    }

    [Fact]
    public void Seeds_that_happen_to_agree_leave_the_chance_of_the_items()
    {
        var test = Of([60, 70], [58, 68]);   // 2 points in both seeds: no spread over seeds at all

        Assert.InRange(test.P!.Value, 0.001, 0.1);   // four of 200 answers changed alike in both: telling, no certainty
        Assert.Equal("paired by 2 seeds and by item", test.Name);
        Assert.Equal(2, test.Difference, 12);
    }

    [Fact]
    public void One_shared_seed_is_tested_item_by_item()
    {
        var (ours, theirs) = (new string('1', 100).ToCharArray(), new string('1', 100).ToCharArray());
        for (var i = 0; i < 14; i++) theirs[i] = '0';
        for (var i = 20; i < 23; i++) ours[i] = '0';
        var test = Of(("CMC+LE", [(0, new string(ours).PadRight(Made.Items, '0'))]), ("CMC+LE", [(0, new string(theirs).PadRight(Made.Items, '0'))]));

        Assert.Equal(0.0127258300781, test.P!.Value, 12);
        Assert.Equal(5.5, test.Difference, 12);
        Assert.Contains("14 against 3", test.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 1), InlineData(5, 10, 1), InlineData(0, 10, 0.001953125), InlineData(150, 410, 6.14434779152e-08)]
    public void Coin_tosses_are_exact(int fewer, int all, double p) => Assert.Equal(1, ShiftTest.BinomialTwoSided(fewer, all) / p, 9);

    [Fact]
    public void Thousands_of_changed_answers_do_not_underflow() => Assert.Equal(1, ShiftTest.BinomialTwoSided(2500, 5000));

    [Fact]
    public void Without_a_shared_seed_the_seeds_are_two_samples()
    {
        var ours = Made.Table(("CMC+LE", [(0, Made.First(120)), (1, Made.First(123)), (2, Made.First(126))]));
        var theirs = Made.Table(("CMC+LE", [(7, Made.First(100)), (8, Made.First(104)), (9, Made.First(114)), (10, Made.First(106))]));
        var test = ShiftTest.Of(ours, theirs, ours.Cells[0]);

        Assert.Equal(0.00761304636855, test.P!.Value, 10);
        Assert.Equal(4.74168271623, test.High!.Value - test.Difference, 8);
    }

    [Theory]
    [InlineData(0, 1, 1), InlineData(1, 1, 0.5), InlineData(2.5, 2, 0.129611720222), InlineData(-3.2, 5, 0.0239951768033), InlineData(8, 30, 6.2658224757e-09)]
    public void Tails_of_Student_are_those_of_SciPy(double t, int degrees, double p) => Assert.Equal(p, StudentT.TwoSidedTail(t, degrees), 12);

    [Fact]
    public void What_cannot_be_tested_has_no_p()
    {
        var (one, other) = (Made.Table(("CMC+LE", [(0, Made.First(120))])), Made.Table(("CMC+LE", [(1, Made.First(100))])));
        Assert.Null(ShiftTest.Of(one, other, one.Cells[0]).P);                        // one seed each, not shared
        Assert.Null(Of([60], [58], otherItems: true).P);                              // one shared seed, other items
        Assert.Null(Of([60, 61], [58, 59], otherItems: true).P);                      // no spread at all, and nothing to floor it
        Assert.Equal(1, Of([60, 61], [60, 61], otherItems: true).P);
    }

    private static ShiftTest Of((string, (long, string)[]) first, (string, (long, string)[]) second)
    {
        var (ours, theirs) = (Made.Table(first), Made.Table(second));
        return ShiftTest.Of(ours, theirs, ours.Cells[0]);
    }

    private static ShiftTest Of(double[] first, double[] second, bool otherItems = false)
    {
        var (ours, theirs) = (Side(first), Side(second));
        if (otherItems) theirs = theirs with { Predictions = new Dictionary<string, PredictionTable> { ["Sketchy"] = theirs.Predictions["Sketchy"] with { Labels = [.. theirs.Predictions["Sketchy"].Labels.Select(label => 1 - label)] } } };
        return ShiftTest.Of(ours, theirs, ours.Cells[0]);

        static TableResults Side(double[] values) => Made.Table(("CMC+LE", [.. values.Select((value, seed) => ((long)seed, Made.First((int)(value * Made.Items / 100))))]));
    }

    private sealed class Near : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 1e-9 && Math.Abs(x.Item2 - y.Item2) < 1e-9;

        public int GetHashCode((double, double) obj) => 0;
    }
}
