using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Results;

public sealed class PredictionTableTests : IDisposable
{
    /// <summary>Three items, answered after each of two draws of the labelled items.</summary>
    private static readonly PredictionTable Drawn = new([0, 1, 2], new Dictionary<string, IReadOnlyList<int>> { ["b"] = [0, 1, 1, 0, 0, 0], ["a"] = [0, 1, 2, 0, 1, 2] }) { Draws = 2 };

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void An_item_answered_after_several_draws_is_one_item()
    {
        Drawn.Write(_scratch.File("table"));
        var read = PredictionTable.Read(_scratch.File("table"));

        Assert.Equal("draw,item,label,a,b\n0,0,0,0,0\n0,1,1,1,1\n0,2,2,2,1\n1,0,0,0,0\n1,1,1,1,0\n1,2,2,2,0\n", PackedText.Read(_scratch.File("table")));
        Assert.Equal((3, 2, 50.0, "3 of 6 right (2 draws of the labelled items)"), (read.Items, read.Draws, read.Top1("b"), read.Counted("b")));
        Assert.Equal([100, 50, 0], read.Scores("b"));
        Assert.Equal((2, false, true), (read.Changed("a", Drawn, "b"), read.IsTelling("a"), read.IsTelling("b")));
        Assert.True(read.SameItems(Drawn));
        Assert.False(read.SameItems(Drawn with { Draws = 1 }));
        Assert.Throws<ArgumentException>(() => (Drawn with { Draws = 3 }).Write(_scratch.File("table")));
    }

    [Fact]
    public void One_draw_has_no_column_of_draws()
    {
        new PredictionTable([0, 1], new Dictionary<string, IReadOnlyList<int>> { ["a"] = [0, 0] }).Write(_scratch.File("table"));
        Assert.Equal("item,label,a\n0,0,0\n1,1,0\n", PackedText.Read(_scratch.File("table")));
        Assert.Equal(1, PredictionTable.Read(_scratch.File("table")).Draws);
    }

    [Theory]
    [InlineData("1,2,2,2,0\n", "", "draw 1 ends with item 1; expected at least two draws of 3 items each")]
    [InlineData("1,0,0,0,0\n1,1,1,1,0\n1,2,2,2,0\n", "", "draw 0 ends with item 2; expected at least two draws")]
    [InlineData("0,2,2,2,1\n", "", ":6: label is 2; the first draw has no such item.")]
    [InlineData("1,1,1,1,0\n", "1,1,2,1,0\n", ":6: label is 2; the first draw has 1.")]
    [InlineData("1,1,1,1,0\n", "0,1,1,1,0\n", ":6: draw is \"0\", expected 1: each draw answers every item once.")]
    [InlineData("1,0,0,0,0\n", "2,0,0,0,0\n", ":5: draw is \"2\", expected 0")]
    [InlineData("1,1,1,1,0\n", "1,1,1,1,0\n1,1,1,1,0\n", ":7: item is \"1\", expected 2: a line is missing or stands twice.")]
    public void A_draw_that_is_not_whole_is_refused(string found, string instead, string message)
    {
        Drawn.Write(_scratch.File("table"));
        var text = PackedText.Read(_scratch.File("table"));
        PackedText.Replace(_scratch.File("table"), text.Replace(found, instead, StringComparison.Ordinal));

        Assert.Contains(message, Assert.Throws<ReproException>(() => PredictionTable.Read(_scratch.File("table"))).Message, StringComparison.Ordinal);
    }
}
