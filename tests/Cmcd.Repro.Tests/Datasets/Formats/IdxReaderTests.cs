using System.IO.Compression;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Formats;

namespace Cmcd.Repro.Tests.Datasets.Formats;

public class IdxReaderTests
{
    private static readonly byte[] TwoImages = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 11, 12, 20, 21, 22];

    [Fact]
    public void Images_come_out_with_their_shape_and_values()
    {
        var images = Read(Packed(TwoImages));

        Assert.Equal([2, 1, 3], images.Shape);
        Assert.Equal([10, 11, 12, 20, 21, 22], images.Data);
    }

    [Fact]
    public void Labels_come_out_with_their_shape_and_values()
    {
        var labels = Read(Packed([0, 0, 8, 1, 0, 0, 0, 4, 3, 1, 4, 1]));

        Assert.Equal([4], labels.Shape);
        Assert.Equal([3, 1, 4, 1], labels.Data);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 9, 1, 0, 0, 0, 1, 7 }, "00000901")]                             // signed bytes
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7 }, "00000802")]                 // two dimensions
    [InlineData(new byte[] { 1, 0, 8, 1, 0, 0, 0, 1, 7 }, "01000801")]
    [InlineData(new byte[] { 0, 0 }, "found 0000.")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1 }, "needs 16 bytes, the file has 8")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 7 }, "2 = 2 values, the file has 1")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 7, 7 }, "1 = 1 values, the file has 2")]
    [InlineData(new byte[] { 0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 }, "the file has 0")]   // must not overflow
    public void Header_that_does_not_fit_is_refused_with_what_was_found(byte[] idx, string found)
    {
        var message = Assert.Throws<DatasetUnavailableException>(() => Read(Packed(idx))).Message;

        Assert.StartsWith("some.idx.gz", message);
        Assert.Contains(found, message);
    }

    [Fact]
    public void Cut_off_gzip_is_refused()
    {
        var whole = Packed(TwoImages);

        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<DatasetUnavailableException>(() => Read(whole[..length]));
    }

    [Fact]
    public void File_that_is_not_gzip_is_refused_by_name() =>
        Assert.StartsWith("some.idx.gz: not a whole gzip file", Assert.Throws<DatasetUnavailableException>(() => Read(TwoImages)).Message);

    private static IdxArray Read(byte[] gzip) => IdxReader.Read(gzip, "some.idx.gz");

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.SmallestSize))
            packer.Write(bytes);
        return packed.ToArray();
    }
}
