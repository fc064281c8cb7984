using Cmcd.Repro.Metrics;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Results;

public sealed class ConfusionTableTests : IDisposable
{
    private static readonly Dictionary<string, IReadOnlyList<IReadOnlyList<PixelCount>>> Images = new()
    {
        ["b"] = [[new(0, 0, 6), new(1, 0, 4)], [new(0, 2, 3), new(2, 2, 7)]],
        ["a"] = [[new(1, 1, 4), new(0, 0, 5), new(0, 1, 1)], [new(2, 2, 7), new(0, 0, 3)]],
    };

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Confusions_come_back_with_score_and_items()
    {
        var table = new ConfusionTable(Images);
        table.Write(_scratch.File("one"));
        new ConfusionTable(Images.Reverse().ToDictionary()).Write(_scratch.File("two"));
        var read = ConfusionTable.Read(_scratch.File("one"));

        Assert.Equal(File.ReadAllBytes(_scratch.File("one")), File.ReadAllBytes(_scratch.File("two")));
        Assert.Equal("item,label,predicted,a,b\n0,0,0,5,6\n0,0,1,1,0\n0,1,0,0,4\n0,1,1,4,0\n1,0,0,3,0\n1,0,2,0,3\n1,2,2,7,7\n", PackedText.Read(_scratch.File("one")));
        Assert.Equal(100 * ((8.0 / 9) + (4.0 / 5) + 1) / 3, read.Value("a"), 12);
        Assert.Equal(100 * ((6.0 / 13) + 0 + (7.0 / 10)) / 3, read.Value("b"), 12);
        Assert.Equal(table.Scores("b"), read.Scores("b"));
        Assert.Equal(read.Value("b"), read.Scores("b").Average(), 12);
        Assert.Equal((2, 2, "miou", "65.00 % of 20 pixels right in 2 images, 3 classes"), (read.Items, read.Evaluations, read.Metric, read.Counted("b")));
        Assert.Equal((true, false, 2, 0), (read.Has("a"), read.Has("c"), read.Changed("a", table, "b"), read.Changed("b", table, "b")));
        Assert.True(read.SameItems(table) && read.IsTelling("b"));
    }

    [Fact]
    public void Other_images_and_networks_that_do_nothing_are_told_apart()
    {
        var table = new ConfusionTable(new Dictionary<string, IReadOnlyList<IReadOnlyList<PixelCount>>> { ["one class"] = [[new(0, 0, 6), new(1, 0, 4)]], ["all right"] = [[new(0, 0, 6), new(1, 1, 4)]] });
        Assert.False(table.IsTelling("one class") || table.IsTelling("all right"));
        Assert.False(table.SameItems(new ConfusionTable(Images)));
        Assert.False(new ConfusionTable(Images).SameItems(new PredictionTable([0, 1], new Dictionary<string, IReadOnlyList<int>>())));
    }

    [Theory]
    [InlineData("0,1,1,4,0\n", "", "item 0 has 4 pixels of class 1 in b, 0 in a: a line is missing or was changed.")]
    [InlineData("1,2,2,7,7\n", "1,2,2,7,6\n", "item 1 has 6 pixels of class 2 in b, 7 in a")]
    [InlineData("1,0,0,3,0\n1,0,2,0,3\n1,2,2,7,7\n", "2,0,0,3,3\n", ":6: item, label and predicted are 2, 0, 0, after 0, 1, 1: expected ascending lines, every item")]
    [InlineData("0,0,1,1,0\n0,1,0,0,4\n", "0,1,0,0,4\n0,0,1,1,0\n", ":4: item, label and predicted are 0, 0, 1, after 0, 1, 0")]
    [InlineData("0,0,1,1,0\n", "0,0,1,1,0\n0,0,1,1,0\n", ":4: item, label and predicted are 0, 0, 1, after 0, 0, 1")]
    [InlineData("1,2,2,7,7", "1,2,255,7,7", "classes from 0 to 254")]
    [InlineData("1,2,2,7,7", "1,2,2,0,0", "pixels are 0 to 0: expected none below 0 and one above")]
    [InlineData("0,0,1,1,0", "0,0,1,1,-1", "pixels are -1 to 1")]
    [InlineData("0,0,1,1,0", "0,0,1,1.5,0", "a is \"1.5\", expected a whole number")]
    [InlineData("0,0,1,1,0", "0,0,1,1", "4 fields, expected 5")]
    [InlineData("7,7\n", "7,7", "the file was cut")]
    [InlineData("label,predicted", "predicted,label", ":1: the header starts with \"item,predicted,label,a\"")]
    public void A_line_cut_or_changed_is_refused_by_place(string found, string instead, string message)
    {
        new ConfusionTable(Images).Write(_scratch.File("table"));
        var text = PackedText.Read(_scratch.File("table"));
        Assert.Contains(found, text, StringComparison.Ordinal);
        PackedText.Replace(_scratch.File("table"), text.Replace(found, instead, StringComparison.Ordinal));

        Assert.Contains(message, Assert.Throws<ReproException>(() => ConfusionTable.Read(_scratch.File("table"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluations_of_other_pixels_are_not_put_into_one_table() => Assert.Contains(
        "item 1 has 4 pixels of class 0 in c, 3 in b",
        Assert.Throws<ArgumentException>(() => new ConfusionTable(new Dictionary<string, IReadOnlyList<IReadOnlyList<PixelCount>>>(Images) { ["c"] = [Images["a"][0], [new(0, 0, 4), new(2, 2, 7)]] })).Message,
        StringComparison.Ordinal);
}
