using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Randomness;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Augmentations;

public class LabelCropTests
{
    private const int Size = 24;

    private static readonly int[] Ids = [4, 0, 17, 923, 5, 88];

    private static readonly ViewOptions Plain = new() { Size = Size, JitterProbability = 0, GreyscaleProbability = 0, Interpolation = Interpolation.Bilinear };

    [Theory]
    [InlineData(40, 50, 40, 50)]
    [InlineData(40, 50, 80, 100)]    // label maps twice as fine as the images
    [InlineData(40, 50, 13, 17)]
    public void Each_view_pixel_has_the_label_under_its_centre(int height, int width, int labelHeight, int labelWidth)
    {
        using var scope = NewDisposeScope();
        var maps = Noise(labelHeight, labelWidth);
        var views = new ViewAugmentation(Plain, seed: 3).ApplyToLabels(maps, height, width, Ids, epoch: 2, geometryView: 1);
        var (labels, seen) = (maps.bytes.ToArray(), views.bytes.ToArray());

        Assert.Equal([Ids.Length, Size, Size], views.shape);
        for (var n = 0; n < Ids.Length; n++)
        {
            var random = new CounterRandom(3, Purpose.Geometry, 2, Ids[n], 1);
            var crop = Crop.Draw(ref random, Plain, height, width);
            for (var y = 0; y < Size; y++)
                for (var x = 0; x < Size; x++)
                {
                    var column = crop.Flip ? Size - 1 - x : x;
                    // Rational numbers, so that a centre on the border of two labels has one answer.
                    var (top, left) = (((decimal)crop.Top * 2 * Size) + (((2 * y) + 1) * crop.Height), ((decimal)crop.Left * 2 * Size) + (((2 * column) + 1) * crop.Width));
                    var (row, place) = ((int)Math.Floor(top * labelHeight / (2 * Size * height)), (int)Math.Floor(left * labelWidth / (2 * Size * width)));
                    Assert.Equal(labels[(((n * labelHeight) + row) * labelWidth) + place], seen[(((n * Size) + y) * Size) + x]);
                }
        }
    }

    /// <summary>Pictures whose grey is the label, in patches of ten pixels: where a view shows one grey, its label must be that grey.</summary>
    [Fact]
    public void Labels_move_with_what_the_image_shows()
    {
        using var scope = NewDisposeScope();
        var pixels = new byte[Ids.Length * 40 * 40];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(60 * ((((i % 40 / 10) * 3) + (i / 40 % 40 / 10) + (i / 1600)) % 4));
        var pictures = tensor(pixels, [Ids.Length, 1, 40, 40], dtype: ScalarType.Byte);
        var augmentation = new ViewAugmentation(Plain, seed: 5);
        var shown = Pictures.Values(augmentation.Apply(pictures, Ids, 7, 0, 0)).Select(value => (int)Math.Round(value * 255)).ToArray();
        var labels = augmentation.ApplyToLabels(pictures, 40, 40, Ids, 7, 0).bytes.ToArray();
        var flat = Enumerable.Range(0, labels.Length).Where(i => shown[i] % 60 == 0 && Neighbours(i).All(other => shown[other] == shown[i])).ToArray();

        Assert.InRange(flat.Length, labels.Length / 4, labels.Length);
        Assert.All(flat, i => Assert.Equal(shown[i], labels[i]));
        Assert.NotEqual(labels, augmentation.ApplyToLabels(pictures, 40, 40, Ids, 8, 0).bytes.ToArray());

        static IEnumerable<int> Neighbours(int i) => new[] { i - 1, i + 1, i - Size, i + Size }.Where(other => other >= 0 && other < Ids.Length * Size * Size);
    }

    [Fact]
    public void A_map_that_is_none_is_refused()
    {
        var augmentation = new ViewAugmentation(Plain, 0);
        using var colours = zeros([1, 3, 8, 8], dtype: ScalarType.Byte);
        using var map = zeros([1, 1, 8, 8], dtype: ScalarType.Byte);
        Assert.Contains("label maps [N, 1, H, W], got [1, 3, 8, 8]", Assert.Throws<ArgumentException>(() => augmentation.ApplyToLabels(colours, 8, 8, [0], 0, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("2 ids for 1 label maps", Assert.Throws<ArgumentException>(() => augmentation.ApplyToLabels(map, 8, 8, [0, 1], 0, 0)).Message, StringComparison.Ordinal);
    }

    private static Tensor Noise(int height, int width)
    {
        var random = new CounterRandom(0, Purpose.Test, sample: 72);
        var labels = new byte[Ids.Length * height * width];
        for (var i = 0; i < labels.Length; i++) labels[i] = (byte)random.NextInt(200);
        return tensor(labels, [Ids.Length, 1, height, width], dtype: ScalarType.Byte);
    }
}
