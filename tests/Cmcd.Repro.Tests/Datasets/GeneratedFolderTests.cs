using Cmcd.Repro.Datasets;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets;

public sealed class GeneratedFolderTests : IDisposable
{
    private const string Hash = "0123456789abcdef0123456789abcdef";

    private readonly ScratchFolder _folder = new();
    private int _made;

    [Fact]
    public void MadeOnce_FoundAgain()
    {
        Assert.Equal([1, 2, 3], Get());
        Assert.Equal([1, 2, 3], Get());
        Assert.Equal(1, _made);
    }

    [Fact]
    public void OtherHash_IsMadeAnew()
    {
        Get();
        new GeneratedFolder(_folder.Path).Get("set", "f" + Hash[1..], Make);
        Assert.Equal(2, _made);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(34)]
    public void CutFile_IsMadeAgain(int length)
    {
        Get();
        using (var file = File.OpenWrite(Assert.Single(Directory.GetFiles(_folder.Path)))) file.SetLength(length);
        Assert.Equal([1, 2, 3], Get());
        Assert.Equal(2, _made);
    }

    [Fact]
    public void FlippedBit_IsMadeAgain()
    {
        Get();
        var path = Assert.Single(Directory.GetFiles(_folder.Path));
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Equal([1, 2, 3], Get());
        Assert.Equal(2, _made);
    }

    public void Dispose() => _folder.Dispose();

    private byte[] Get() => new GeneratedFolder(_folder.Path).Get("set", Hash, Make);

    private byte[] Make()
    {
        _made++;
        return [1, 2, 3];
    }
}
