using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Scenes;
using Cmcd.Repro.Tests.Infrastructure;
using TorchSharp;

namespace Cmcd.Repro.Tests.Datasets;

public sealed class RoomsTests : IDisposable
{
    private const int Pixels = ScenePainter.Pixels;

    private readonly ScratchFolder _folder = new();
    private readonly DatasetCatalogue _catalogue;

    public RoomsTests() => _catalogue = new(DataFolder.Committed, _folder.Path);

    [Fact]
    public void Scenes_are_the_same_for_any_number_of_threads_and_any_first_id()
    {
        var all = ScenePainter.Scenes(firstId: 100_000, count: 6, threads: 1);
        var tail = ScenePainter.Scenes(firstId: 100_004, count: 2);

        Assert.Equal(all, ScenePainter.Scenes(100_000, 6, threads: 3));
        Assert.Equal(all[(12 * Pixels)..(18 * Pixels)], tail[..(6 * Pixels)]);          // colour
        Assert.Equal(all[(22 * Pixels)..(24 * Pixels)], tail[(6 * Pixels)..(8 * Pixels)]);          // depth
        Assert.Equal(all[(28 * Pixels)..], tail[(8 * Pixels)..]);          // labels
        Assert.Equal(all[..(18 * Pixels)], ScenePainter.Colours(100_000, 6));
    }

    /// <summary>Guards <see cref="ScenePainter.Version"/>: a new hash needs a new version, else old sets on disk pass for new ones.</summary>
    [Fact]
    public void First_scenes_are_those_of_this_version() =>
        Assert.Equal((1, "7757ba04eec1a293"),
            (ScenePainter.Version, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(ScenePainter.Scenes(100_000, 3)))[..16]));

    [Fact]
    public void Pairs_and_labelled_training_show_the_same_scenes_pixel_by_pixel()
    {
        var (pairs, train) = (_catalogue.Pairs("rooms", 5), _catalogue.Segmented("rooms", "train", 5));
        using var colour = pairs.Source.Read([0, 4]);
        using var depth = pairs.Target.Read([0, 4]);
        using var same = train.Images.Read([0, 4]);
        using var labels = train.Labels.Read([0, 4]);

        Assert.Equal([2, 3, 64, 64], colour.shape);
        Assert.Equal([2, 3, 64, 64], depth.shape);
        Assert.Equal([2, 1, 64, 64], labels.shape);
        Assert.Equal(torch.uint8, labels.dtype);
        Assert.Equal([0, 1, 2, 3, 4], pairs.SourceOfTarget);
        Assert.True(depth.equal(same).all().item<bool>());
        using var grey = depth[.., ..1].expand(2, 3, 64, 64);
        Assert.True(depth.equal(grey).all().item<bool>());          // one channel, repeated
        Assert.Single(Directory.GetFiles(_folder.Path));          // one file serves both
    }

    /// <summary>Colour and depth change where labels change: within a scene, not against another scene's labels.</summary>
    [Fact]
    public void Edges_of_colour_and_depth_lie_where_labels_change()
    {
        const int Count = 40;
        var content = ScenePainter.Scenes(100_000, Count);
        foreach (var (first, channels) in new[] { (0, 3), (3 * Count * Pixels, 1) })
        {
            var (own, other) = (EdgeRatio(content, first, channels, Count, 0), EdgeRatio(content, first, channels, Count, 1));
            Assert.InRange(own, 2.5, 100);
            Assert.InRange(other, 0.5, 1.5);
        }
    }

    [Fact]
    public void Sets_share_no_scene()
    {
        var colours = new[] { 0L, 100_000, 200_000, 300_000 }.SelectMany(first => ScenePainter.Colours(first, 8).Chunk(3 * Pixels)).Select(Convert.ToHexString).ToArray();

        Assert.Equal(colours.Length, colours.Distinct().Count());
    }

    /// <summary>Each class is frequent enough to be learnt and tested: the rarest, tv, has 1.3 % of the pixels and is in 30 % of the scenes.</summary>
    [Fact]
    public void Every_class_has_its_share_of_pixels_and_scenes()
    {
        const int Count = 120;
        foreach (var first in new[] { 100_000L, 300_000 })
        {
            var content = ScenePainter.Scenes(first, Count);
            var maps = content.AsSpan(4 * Count * Pixels).ToArray().Chunk(Pixels).ToArray();
            for (byte label = 0; label < 13; label++)
            {
                Assert.InRange(maps.Sum(map => map.Count(value => value == label)) / (double)(Count * Pixels), 0.005, 0.5);
                Assert.InRange(maps.Count(map => map.Contains(label)), Count / 10, Count);
            }

            Assert.InRange(maps.Sum(map => map.Count(value => value == SegmentedDataset.Void)) / (double)(Count * Pixels), 0.03, 0.08);
            var depth = content.AsSpan(3 * Count * Pixels, Count * Pixels);
            Assert.InRange(depth.Count((byte)0) / (double)depth.Length, 0.05, 0.15);
            foreach (var value in depth) Assert.True(value == 0 || value * DepthSensor.ByteStep > DepthSensor.Nearest - DepthSensor.ByteStep);
        }
    }

    [Fact]
    public void Limit_takes_the_first_scenes_and_changes_the_hash()
    {
        var (some, more) = (_catalogue.Segmented("rooms", "test", 2), _catalogue.Segmented("rooms", "test", 4));
        using var labels = some.Labels.Read([0, 1]);
        using var same = more.Labels.Read([0, 1]);

        Assert.Equal((2, 4, 654), (some.Images.Count, more.Labels.Count, _catalogue.Segmented("rooms", "test").Images.Count));
        Assert.True(labels.equal(same).all().item<bool>());
        Assert.NotEqual(some.Hash, more.Hash);
        Assert.Equal((4000, 795, 300), (_catalogue.Unlabelled("rooms").Images.Count, _catalogue.Segmented("rooms", "train").Images.Count, _catalogue.Segmented("rooms", "validation").Images.Count));
        Assert.Equal(["bed", "books", "ceiling", "chair", "floor", "furniture", "objects", "picture", "sofa", "table", "tv", "wall", "window"], some.Classes);
    }

    [Fact]
    public void Unlabelled_scenes_are_colour_alone()
    {
        var set = _catalogue.Unlabelled("rooms", 3);
        using var images = set.Images.Read([2]);

        Assert.Equal([1, 3, 64, 64], images.shape);
        Assert.Equal(3 * 3 * Pixels + 32, new FileInfo(Assert.Single(Directory.GetFiles(_folder.Path))).Length);
    }

    [Fact]
    public void Unknown_set_or_split_or_limit_is_refused_with_what_exists()
    {
        Assert.Equal("There is no dataset \"emoji-line\" with label maps. Known: rooms.", Message(() => _catalogue.Segmented("emoji-line", "train")));
        Assert.Equal("Dataset rooms has no split \"dev\". Its splits: train, validation, test.", Message(() => _catalogue.Segmented("rooms", "dev")));
        Assert.StartsWith("655 rooms test scenes were asked for; allowed are 1 to 654.", Message(() => _catalogue.Segmented("rooms", "test", 655)));
        Assert.StartsWith("0 rooms train scenes were asked for; allowed are 1 to 795.", Message(() => _catalogue.Pairs("rooms", 0)));
        Assert.StartsWith("There is no dataset \"rooms\" with labels.", Message(() => _catalogue.Labelled("rooms", "train")));
    }

    public void Dispose() => _folder.Dispose();

    private static string Message(Func<object> open) => Assert.Throws<DatasetUnavailableException>(open).Message;

    /// <summary>Mean step between neighbours of two classes over that between neighbours of one class.</summary>
    private static double EdgeRatio(byte[] content, int first, int channels, int count, int shift)
    {
        var (across, within) = ((Sum: 0.0, Count: 0), (Sum: 0.0, Count: 0));
        for (var scene = 0; scene < count; scene++)
        {
            var labels = content.AsSpan(((4 * count) + ((scene + shift) % count)) * Pixels, Pixels);
            for (var pixel = 0; pixel < Pixels; pixel++)
            {
                if (pixel % ScenePainter.Side == ScenePainter.Side - 1 || labels[pixel] == SegmentedDataset.Void || labels[pixel + 1] == SegmentedDataset.Void) continue;
                var (step, isHole) = (0, false);
                for (var channel = 0; channel < channels; channel++)
                {
                    var at = first + (((scene * channels) + channel) * Pixels) + pixel;
                    step += Math.Abs(content[at] - content[at + 1]);
                    isHole |= channels == 1 && (content[at] == 0 || content[at + 1] == 0);
                }

                if (isHole) continue;
                if (labels[pixel] == labels[pixel + 1]) within = (within.Sum + step, within.Count + 1);
                else across = (across.Sum + step, across.Count + 1);
            }
        }

        return across.Sum / across.Count / (within.Sum / within.Count);
    }
}
