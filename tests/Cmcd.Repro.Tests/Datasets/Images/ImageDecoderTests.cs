using System.Buffers.Binary;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Archives;
using Cmcd.Repro.Datasets.Images;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Images;

/// <summary>Against Pillow on files of every encoding the loaders meet.</summary>
public sealed class ImageDecoderTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("colour.png", 0)]
    [InlineData("grey.png", 0)]
    [InlineData("one-bit.png", 0)]
    [InlineData("palette.png", 0)]
    [InlineData("alpha.png", 1)]
    [InlineData("colour-16.png", 1)]
    [InlineData("grey-16.png", 1)]
    [InlineData("colour.jpg", 1)]
    [InlineData("progressive.jpg", 1)]
    [InlineData("grey.jpg", 1)]
    [InlineData("colour-420.jpg", 2)]
    public void Every_encoding_gives_Pillows_pixels(string name, int largest)
    {
        var image = ImageDecoder.Read(PillowFixtures.Image(name), channels: 3);
        var difference = PillowFixtures.Difference(image.Pixels, PillowFixtures.Pixels(name));

        Assert.Equal((PillowFixtures.Height, PillowFixtures.Width, 3), (image.Height, image.Width, image.Channels));
        Assert.InRange(difference.Largest, 0, largest);
        Assert.InRange(difference.Mean, 0, 0.1 * largest);
    }

    [Fact]
    public void A_grey_file_read_as_grey_keeps_its_bytes()
    {
        var colours = PillowFixtures.Pixels("grey.png");
        var grey = ImageDecoder.Read(PillowFixtures.Image("grey.png"), channels: 1);

        Assert.Equal(colours.Where((_, i) => i % 3 == 0), grey.Pixels);
        Assert.Equal(1, grey.Channels);
    }

    [Fact]
    public void Colour_read_as_grey_is_luma()
    {
        var colours = PillowFixtures.Pixels("colour.png");
        var grey = ImageDecoder.Read(PillowFixtures.Image("colour.png"), channels: 1).Pixels;

        for (var i = 0; i < grey.Length; i++)
            Assert.InRange(grey[i] - ((0.299 * colours[3 * i]) + (0.587 * colours[(3 * i) + 1]) + (0.114 * colours[(3 * i) + 2])), -0.51, 0.51);
    }

    [Fact]
    public void The_size_comes_from_the_header_alone() =>
        Assert.Equal((PillowFixtures.Height, PillowFixtures.Width), ImageDecoder.Size(File.ReadAllBytes(PillowFixtures.Image("colour.png"))[..60], "colour.png"));

    [Fact]
    public void A_text_with_the_name_of_a_JPEG_is_told_with_its_beginning()
    {
        var said = Refusal("n02691156_7027.jpg", "Sorry, this image is gone."u8.ToArray());

        Assert.Contains("is no JPEG or PNG image: it begins with the text \"Sorry, this imag\"", said, StringComparison.Ordinal);
        Assert.Contains("Get the file again, or leave it out.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_told() => Assert.Contains("it is empty", Refusal("empty.png", []), StringComparison.Ordinal);

    [Theory]
    [InlineData("colour.jpg", 0.7)]
    [InlineData("colour.png", 0.5)]
    [InlineData("colour-16.png", 0.9)]
    public void A_file_cut_short_is_broken_and_not_half_read(string name, double part)
    {
        var bytes = File.ReadAllBytes(PillowFixtures.Image(name));
        Assert.Contains("is not a whole image", Refusal(name, bytes[..(int)(part * bytes.Length)]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_claims_a_huge_size_is_refused_before_memory_is_asked_for()
    {
        var bytes = File.ReadAllBytes(PillowFixtures.Image("colour.png"));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), 60_000);
        var sum = default(Crc32);
        sum.Append(bytes.AsSpan(12, 17));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), sum.Value);

        Assert.Contains("60,000 x 60,000", Refusal("huge.png", bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Contains("gone.png cannot be read", Assert.Throws<DatasetUnavailableException>(() => ImageDecoder.Read(_folder.File("gone.png"), 3)).Message, StringComparison.Ordinal);

    private string Refusal(string name, byte[] content)
    {
        File.WriteAllBytes(_folder.File(name), content);
        var said = Assert.Throws<DatasetUnavailableException>(() => ImageDecoder.Read(_folder.File(name), 3)).Message;
        Assert.StartsWith(_folder.File(name), said, StringComparison.Ordinal);
        return said;
    }
}
