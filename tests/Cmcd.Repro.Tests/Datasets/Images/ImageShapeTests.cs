using Cmcd.Repro.Datasets.Images;

namespace Cmcd.Repro.Tests.Datasets.Images;

public class ImageShapeTests
{
    [Fact]
    public void Stretch_resizes_both_sides() =>
        Assert.Equal(Wide().ResizedTo(4, 4).ToPlanes(), new ImageShape(4, ImageFit.Stretch, 3, 0).Of(Wide()));

    [Fact]
    public void Crop_takes_the_square_in_the_middle()
    {
        var cropped = new ImageShape(4, ImageFit.Crop, 3, 0).Of(Wide());

        for (var channel = 0; channel < 3; channel++)
            for (var y = 0; y < 4; y++)
                for (var x = 0; x < 4; x++) Assert.Equal(Value(y, x + 2, channel), cropped[(channel * 16) + (y * 4) + x]);
    }

    [Fact]
    public void Pad_puts_the_whole_image_on_a_square_of_the_background()
    {
        foreach (var image in new[] { Wide(), Tall() })
        {
            var padded = new ImageShape(9, ImageFit.Pad, 3, 200).Of(image);
            for (var i = 0; i < padded.Length; i++)
            {
                var (channel, y, x) = (i / 81, i / 9 % 9, i % 9);
                var (row, column) = image.Width == 9 ? (y - 2, x) : (y, x - 2);
                var inside = row >= 0 && row < image.Height && column >= 0 && column < image.Width;
                Assert.Equal(inside ? Value(row, column, channel) : 200, padded[i]);
            }
        }
    }

    private static DecodedImage Wide() => Of(4, 9);

    private static DecodedImage Tall() => Of(9, 4);

    private static DecodedImage Of(int height, int width) =>
        new([.. from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) from channel in Enumerable.Range(0, 3) select Value(y, x, channel)], height, width, 3);

    private static byte Value(int y, int x, int channel) => (byte)((y * 10) + x + (channel * 60));
}
