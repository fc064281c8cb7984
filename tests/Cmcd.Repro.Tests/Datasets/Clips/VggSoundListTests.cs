using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Clips;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Clips;

public sealed class VggSoundListTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\n"), InlineData("\r\n")]
    public void Rows_of_the_published_list_are_read(string lineEnd)
    {
        // The first two are rows of the authors' file, the third has a label of those with a comma.
        var list = Read(string.Join(lineEnd, "---g-f_I2yQ,1,people marching,test", "--0PQM4-hqg,30,waterfall burbling,train", "abcdefgh_-1,120,\"race car, auto racing\",train", ""));

        Assert.Equal(["people marching", "race car, auto racing", "waterfall burbling"], list.Classes);
        Assert.Equal([new("---g-f_I2yQ", 1, 0, IsTest: true), new("--0PQM4-hqg", 30, 2, IsTest: false), new("abcdefgh_-1", 120, 1, IsTest: false)], list.Clips);
        Assert.Equal("---g-f_I2yQ_000001", list.Clips[0].Name);
    }

    [Fact]
    public void Classes_are_ordered_by_code_point()
    {
        var list = Read("aaaaaaaaaaa,0,ice cracking,train\nbbbbbbbbbbb,0,Zither,train\nccccccccccc,0,\"ice, cracking\",train\nddddddddddd,0,éclair,train\n");
        Assert.Equal(["Zither", "ice cracking", "ice, cracking", "éclair"], list.Classes);
    }

    [Fact]
    public void All_faulty_lines_are_told_at_once()
    {
        var said = Fault("aaaaaaaaaaa,0,rain,train\nshort,0,rain,train\nbbbbbbbbbbb,-1,rain,train\nccccccccccc,0,rain,validation\nddddddddddd,0,race car, auto racing,train\neeeeeeeeeee,0,,test\naaaaaaaaaaa,0,rain,test\n");

        Assert.StartsWith(_folder.File("vggsound.csv") + " is not VGGSound's list of clips:", said, StringComparison.Ordinal);
        foreach (var part in new[]
        {
            "line 2: video is \"short\", expected 11 characters", "line 3: first second is \"-1\"", "line 4: split is \"validation\", expected train or test",
            "line 5 has 5 fields, expected 4", "line 6: the label is empty", "line 7: aaaaaaaaaaa from second 0 stands in an earlier line, too", "--name=vggsound/vggsound.csv",
        })
        {
            Assert.Contains(part, said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "it has no lines")]
    [InlineData("aaaaaaaaaaa,0,\"rain\" storm,train\n", "line 1: a quote stands where none is allowed")]
    [InlineData("<!DOCTYPE html>\n<html>\n", "line 1 has 1 fields, expected 4")]
    public void Another_file_under_its_name_is_told(string text, string part) => Assert.Contains(part, Fault(text), StringComparison.Ordinal);

    private VggSoundList Read(string text)
    {
        File.WriteAllText(_folder.File("vggsound.csv"), text);
        return VggSoundList.Read(_folder.File("vggsound.csv"));
    }

    private string Fault(string text) => Assert.Throws<DatasetUnavailableException>(() => Read(text)).Message;
}
