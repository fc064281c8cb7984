using System.Security.Cryptography;
using Cmcd.Repro.Datasets.Images;

namespace Cmcd.Repro.Tests.Datasets.Images;

/// <summary>Against Pillow's BILINEAR: mean absolute difference 0, byte by byte.</summary>
public class TriangleResizeTests
{
    private static readonly (int Height, int Width, int Channels, int ToHeight, int ToWidth)[] Cases =
        [(40, 36, 3, 8, 8), (5, 7, 3, 9, 16), (31, 24, 1, 12, 40), (40, 36, 3, 40, 11), (33, 36, 3, 10, 36), (17, 13, 1, 1, 1), (37, 41, 3, 36, 40)];

    [Fact]
    public void Every_size_equals_Pillows_byte_by_byte()
    {
        var golden = File.ReadAllBytes(PillowFixtures.Image("resize.bin"));
        var at = 0;
        foreach (var (height, width, channels, toHeight, toWidth) in Cases)
        {
            var resized = TriangleResize.Interleaved(PillowFixtures.Pattern(height, width, channels), height, width, channels, toHeight, toWidth);
            Assert.Equal(golden[at..(at += resized.Length)], resized);
        }

        Assert.Equal(golden.Length, at);
    }

    /// <summary>TU-Berlin's case. The hash is printed by make_pillow_images.py.</summary>
    [Fact]
    public void A_large_shrinking_equals_Pillows()
    {
        var resized = TriangleResize.Interleaved(PillowFixtures.Pattern(1111, 1111, 3), 1111, 1111, 3, 256, 256);

        Assert.Equal("db3247e157a8aa55e4516625aa429748885348bb61d5764a132457a64bfe141a", Convert.ToHexStringLower(SHA256.HashData(resized)));
    }

    [Fact]
    public void Planes_are_resized_as_interleaved_channels_are()
    {
        var image = new DecodedImage(PillowFixtures.Pattern(40, 36, 3), 40, 36, 3);
        var planar = TriangleResize.Planar(image.ToPlanes(), 3, 40, 36, 8, 9);

        Assert.Equal(image.ResizedTo(8, 9).ToPlanes(), planar);
        Assert.Equal(image.Pixels[(3 * 5) + 1], image.ToPlanes()[(40 * 36) + 5]);
    }

    [Fact]
    public void A_constant_stays_and_the_same_size_is_a_copy()
    {
        Assert.All(TriangleResize.Planar(Enumerable.Repeat((byte)255, 2 * 37 * 31).ToArray(), 2, 37, 31, 10, 50), value => Assert.Equal(255, value));
        var pattern = PillowFixtures.Pattern(9, 8, 3);
        Assert.Equal(pattern, TriangleResize.Interleaved(pattern, 9, 8, 3, 9, 8));
    }

    [Theory]
    [InlineData(11, 4, 4)]
    [InlineData(12, 0, 4)]
    [InlineData(12, 4, -1)]
    public void Sizes_that_do_not_fit_are_refused(int bytes, int toHeight, int toWidth) =>
        Assert.ThrowsAny<ArgumentException>(() => TriangleResize.Interleaved(new byte[bytes], 2, 2, 3, toHeight, toWidth));
}
