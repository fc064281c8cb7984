using Cmcd.Repro.Datasets.Archives;

namespace Cmcd.Repro.Tests.Datasets.Archives;

public class EntryPathsTests
{
    [Theory]
    [InlineData("./png//bear (animal)/401.png", "png/bear (animal)/401.png")]
    [InlineData("car_(sedan)/n02958343_1.jpg", "car_(sedan)/n02958343_1.jpg")]
    [InlineData("video/---g-f_I2yQ_000001.mp4", "video/---g-f_I2yQ_000001.mp4")]
    [InlineData("windows\\made\\this.txt", "windows/made/this.txt")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("a..b/..c", "a..b/..c")]
    [InlineData("\u00E9t\u00E9/\u65E5\u672C\u8A9E.txt", "\u00E9t\u00E9/\u65E5\u672C\u8A9E.txt")]
    public void A_harmless_name_becomes_a_path_below_the_folder(string name, string path) =>
        Assert.Equal((path.Replace('/', Path.DirectorySeparatorChar), null), new EntryPaths().Of(name, isFolder: false));

    [Fact]
    public void A_folder_may_be_named_again_and_the_root_is_one()
    {
        var paths = new EntryPaths();
        Assert.All(new[] { "a/", "a/b/", "./", "a", "a/b" }, name => Assert.Null(paths.Of(name, isFolder: true).Refusal));
        Assert.Null(paths.Of("a/b/c", isFolder: false).Refusal);
        Assert.NotNull(paths.Of("a/b", isFolder: false).Refusal);
    }

    /// <summary>Pairs that Unicode's NFC makes equal (UnicodeData.txt); the second of each must not come out.</summary>
    [Theory]
    [InlineData("\u00C5", "A\u030A"), InlineData("\u00C5", "\u212B"), InlineData("\u03A9", "\u2126"), InlineData("\uAC00", "\u1100\u1161")]
    [InlineData("\u8C48", "\uF900"), InlineData("\u03AC", "\u1F71"), InlineData("\u0915\u093C", "\u0958")]
    public void Two_spellings_of_one_name_do_not_both_come_out(string composed, string other)
    {
        var paths = new EntryPaths();
        _ = paths.Of(composed, isFolder: false);
        Assert.NotNull(paths.Of(other, isFolder: false).Refusal);
    }

    [Theory]
    [InlineData("a."), InlineData("a "), InlineData("a\u0007"), InlineData("what?"), InlineData("con"), InlineData("COM\u00B9.txt"), InlineData("aux .c"), InlineData("a\u202Egpj.exe")]
    [InlineData(""), InlineData("//"), InlineData("..")]
    public void A_name_that_some_system_changes_is_refused(string name) => Assert.NotNull(new EntryPaths().Of(name, isFolder: false).Refusal);
}
