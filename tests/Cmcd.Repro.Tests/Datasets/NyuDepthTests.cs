using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Nyu;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets;

/// <summary>The loader on the mirror: every pixel is held against the formula it was written by.</summary>
public sealed class NyuDepthTests : IDisposable
{
    private const int H = NyuMirror.Height, W = NyuMirror.Width;

    private readonly ScratchFolder _scratch = new();
    private readonly List<(string What, int Done, int Total)> _told = [];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Pairs_are_the_training_images_upright_with_their_depth()
    {
        var pairs = Open().Pairs(null);
        using var colour = pairs.Source.Read([4, 0]);
        using var depth = pairs.Target.Read([4, 0]);

        Assert.Equal((5, 5), (pairs.Source.Count, pairs.Target.Count));
        Assert.Equal([0, 1, 2, 3, 4], pairs.SourceOfTarget);
        Assert.Equal([2, 3, H, W], colour.shape);
        Assert.Equal([2, 3, H, W], depth.shape);
        Assert.Equal([.. Plane(9, 3, NyuMirror.Colour), .. Plane(1, 3, NyuMirror.Colour)], colour.bytes.ToArray());           // images 10 and 2, counted from 1
        Assert.Equal([.. Plane(9, 3, Metric), .. Plane(1, 3, Metric)], depth.bytes.ToArray());
    }

    [Fact]
    public void Label_maps_are_classes_of_the_40_and_void_where_nothing_is_labelled()
    {
        var data = Open();
        foreach (var (split, images) in new[] { ("train", NyuMirror.Train), ("test", NyuMirror.Test) })
        {
            var set = data.Segmented(split, null);
            using var labels = LabelMaps.Read(set);
            using var depth = set.Images.Read([2]);

            Assert.Equal($"nyu-depth-v2/{split}", set.Name);
            Assert.Equal(NyuMirror.Classes, set.Classes);
            Assert.Equal([5, 1, H, W], labels.shape);
            Assert.Equal([.. images.SelectMany(image => Plane(image - 1, 1, Label))], labels.bytes.ToArray());
            Assert.Equal(Plane(images[2] - 1, 3, Metric), depth.bytes.ToArray());
            Assert.Equal(41, labels.bytes.ToArray().Distinct().Count());                     // every class and void
        }
    }

    [Fact]
    public void Thirteen_classes_are_made_from_the_40()
    {
        var set = Open(new() { Classes = NyuClasses.Thirteen }).Segmented("test", 1);
        using var labels = LabelMaps.Read(set);

        Assert.Equal(["bed", "books", "ceiling", "chair", "floor", "furniture", "objects", "picture", "sofa", "table", "tv", "wall", "window"], set.Classes);
        Assert.Equal(Plane(0, 1, (image, c, y, x) => Label(image, c, y, x) is SegmentedDataset.Void ? SegmentedDataset.Void : (byte)(NyuMirror.ThirteenOf(Label(image, c, y, x) + 1) - 1)), labels.bytes.ToArray());
    }

    [Theory]
    [InlineData(NyuDepthMap.Raw, DepthEncoding.Metric, 3)]
    [InlineData(NyuDepthMap.Raw, DepthEncoding.MetricOneChannel, 1)]
    [InlineData(NyuDepthMap.Filled, DepthEncoding.Logarithmic, 3)]
    public void Depth_is_the_map_and_the_encoding_that_were_asked_for(NyuDepthMap map, DepthEncoding encoding, int channels)
    {
        var set = Open(new() { Depth = map, Encoding = encoding }).Segmented("train", 1);
        using var depth = set.Images.Read([0]);

        Assert.Equal([1, channels, H, W], depth.shape);
        Assert.Equal(Plane(1, channels, (image, _, y, x) => DepthPixels.Of(map == NyuDepthMap.Raw ? NyuMirror.RawDepth(image, y, x) : NyuMirror.Depth(image, y, x), encoding)), depth.bytes.ToArray());
        Assert.Equal(map == NyuDepthMap.Raw, depth.bytes.Contains((byte)0));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(float.NaN, 0, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(0.25f, 6, 1)]                // 6.375; nearer than the logarithm reaches
    [InlineData(0.5f, 13, 1)]                // 12.75
    [InlineData(1, 26, 60)]                  // 25.5, away from zero; 1 + 254 ln 2 / ln 20
    [InlineData(2, 51, 119)]
    [InlineData(10, 255, 255)]
    [InlineData(12, 255, 255)]
    public void Metres_become_bytes(float metres, byte metric, byte logarithmic)
    {
        Assert.Equal(metric, DepthPixels.Of(metres, DepthEncoding.Metric));
        Assert.Equal(metric, DepthPixels.Of(metres, DepthEncoding.MetricOneChannel));
        Assert.Equal(logarithmic, DepthPixels.Of(metres, DepthEncoding.Logarithmic));
    }

    [Theory]
    [InlineData(NyuBorder.Sixteen, 16, 16, 448, 608)]
    [InlineData(NyuBorder.To420x560, 45, 40, 420, 560)]
    public void The_border_is_cut_off_colour_depth_and_labels_alike(NyuBorder border, int top, int left, int height, int width)
    {
        var data = Open(new() { Border = border });
        var (pairs, set) = (data.Pairs(1), data.Segmented("train", 1));
        using var colour = pairs.Source.Read([0]);
        using var depth = pairs.Target.Read([0]);
        using var labels = set.Labels.Read([0]);

        Assert.Equal([1, 3, height, width], colour.shape);
        Assert.Equal(Part(3, NyuMirror.Colour), colour.bytes.ToArray());
        Assert.Equal(Part(3, Metric), depth.bytes.ToArray());
        Assert.Equal(Part(1, Label), labels.bytes.ToArray());

        byte[] Part(int channels, Func<int, int, int, int, byte> value) =>
            [.. from c in Enumerable.Range(0, channels) from y in Enumerable.Range(top, height) from x in Enumerable.Range(left, width) select value(1, c, y, x)];
    }

    [Fact]
    public void Kept_smaller_colour_is_smoothed_and_depth_and_labels_are_picked()
    {
        var data = Open(new() { Height = 96, Width = 128, LabelHeight = 240, LabelWidth = 320, Depth = NyuDepthMap.Raw });
        var (pairs, set) = (data.Pairs(1), data.Segmented("train", 1));
        using var colour = pairs.Source.Read([0]);
        using var depth = pairs.Target.Read([0]);
        using var labels = set.Labels.Read([0]);

        Assert.Equal([1, 3, 96, 128], colour.shape);
        Assert.Equal([1, 1, 240, 320], labels.shape);
        Assert.Equal(
            [.. from c in Enumerable.Range(0, 3) from y in Enumerable.Range(0, 96) from x in Enumerable.Range(0, 128) select DepthPixels.Of(NyuMirror.RawDepth(1, (5 * y) + 2, (5 * x) + 2), DepthEncoding.Metric)],
            depth.bytes.ToArray());
        Assert.Equal([.. from y in Enumerable.Range(0, 240) from x in Enumerable.Range(0, 320) select Label(1, 0, (2 * y) + 1, (2 * x) + 1)], labels.bytes.ToArray());

        // A tile of the mirror is 64 x 48 pixels: its inside keeps its colour, a pixel on its edge is between two of them.
        var reduced = colour.bytes.ToArray();
        Assert.Equal(NyuMirror.Colour(1, 0, 24, 32), reduced[(4 * 128) + 6]);
        var (left, right) = (NyuMirror.Colour(1, 0, 24, 63), NyuMirror.Colour(1, 0, 24, 64));
        Assert.InRange(reduced[(4 * 128) + 12], Math.Min(left, right) + 1, Math.Max(left, right) - 1);
    }

    [Fact]
    public void Hashes_follow_the_options_that_touch_a_set_and_no_image_is_read_for_them()
    {
        var (plain, same) = (Open(), Open());
        var (thirteen, raw, cut) = (Open(new() { Classes = NyuClasses.Thirteen }), Open(new() { Depth = NyuDepthMap.Raw }), Open(new() { Border = NyuBorder.Sixteen }));

        Assert.Equal(plain.Pairs(3).Hash, same.Pairs(3).Hash);
        Assert.Equal(plain.Pairs(null).Hash, thirteen.Pairs(null).Hash);
        Assert.Equal(plain.Pairs(null).Hash, Open(new() { Height = H, Width = W, LabelHeight = 240, LabelWidth = 320 }).Pairs(null).Hash);
        string[] all =
        [
            plain.Pairs(null).Hash, plain.Pairs(3).Hash, raw.Pairs(null).Hash, cut.Pairs(null).Hash,
            plain.Segmented("train", null).Hash, plain.Segmented("test", null).Hash, plain.Segmented("test", 2).Hash, thirteen.Segmented("test", null).Hash, raw.Segmented("test", null).Hash,
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Empty(_told);
        Assert.False(Directory.Exists(_scratch.File("packed")));
    }

    [Fact]
    public void Every_image_is_unpacked_once_for_all_sets()
    {
        var data = Open();
        foreach (var images in new[] { data.Pairs(2).Target, data.Pairs(null).Target, data.Segmented("train", null).Images, data.Segmented("test", 1).Images, data.Segmented("test", 1).Labels })
            images.Read([0]).Dispose();
        Open().Pairs(null).Target.Read([1]).Dispose();

        Assert.Equal([("nyu-depth-v2 depth", 10, 10), ("nyu-depth-v2 labels", 10, 10)], _told);
        Assert.Equal(2, Directory.GetFiles(_scratch.File("packed")).Length);
    }

    [Fact]
    public void Coverage_counts_what_the_files_hold()
    {
        var counts = Open().Coverage.ToDictionary(line => line.Name, line => line.Count);

        Assert.Equal([10, 5, 5, 0, 5, 3, 40, 60, 8, 7, 8, 0], counts.Values);
        Assert.Equal(3, counts["scenes with training and with test images"]);                     // images 1 and 2, 3 and 4, 7 and 8 show one room each
    }

    private NyuDepth Open(NyuDepthOptions? options = null) =>
        new(() => NyuMirror.Store(_scratch.File("cache")), _scratch.File("packed"), options ?? new(), (what, done, total) => _told.Add((what, done, total)));

    private static byte[] Plane(int image, int channels, Func<int, int, int, int, byte> value) =>
        [.. from c in Enumerable.Range(0, channels) from y in Enumerable.Range(0, H) from x in Enumerable.Range(0, W) select value(image, c, y, x)];

    private static byte Metric(int image, int channel, int y, int x) => (byte)Math.Floor((NyuMirror.Depth(image, y, x) * 25.5) + 0.5);

    private static byte Label(int image, int channel, int y, int x) =>
        NyuMirror.Label(image, y, x) is > 0 and var id ? (byte)(NyuMirror.ClassOfId(id) - 1) : SegmentedDataset.Void;
}
