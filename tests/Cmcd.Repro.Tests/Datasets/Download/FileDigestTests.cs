using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Download;

public class FileDigestTests
{
    [Fact]
    public void Hashes_are_those_of_the_usual_tools()
    {
        using var scratch = new ScratchFolder();
        File.WriteAllText(scratch.File("a"), "hello\n");

        // sha256sum, md5sum, git hash-object
        Assert.Equal(
            new FileDigest(6, "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03", "b1946ac92492d2347c6235b4d2611184", "ce013625030ba8dba906f756967f9e9ca394464a"),
            FileDigest.Of(scratch.File("a")));
    }
}
