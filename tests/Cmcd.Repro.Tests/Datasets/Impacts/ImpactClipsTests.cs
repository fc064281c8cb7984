using System.Security.Cryptography;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Impacts;
using Cmcd.Repro.Pipeline;
using TorchSharp;

namespace Cmcd.Repro.Tests.Datasets.Impacts;

public sealed class ImpactClipsTests
{
    private readonly DatasetCatalogue _catalogue = new(DataFolder.Committed, DataFolder.Generated);

    [Fact]
    public void Pairs_are_clips_of_twelve_frames_with_one_spectrogram_each()
    {
        var pairs = _catalogue.Pairs("impacts", limit: 12);
        using var clips = pairs.Source.Read([3, 0]);
        using var sounds = pairs.Target.Read([3, 0]);

        Assert.Equal([24, 1, 32, 32], clips.shape);
        Assert.Equal([2, 1, 64, 64], sounds.shape);
        Assert.Equal((12, 1), (pairs.Source.Frames, pairs.Target.Frames));
        Assert.Equal((0, 128), (pairs.Source.Background, pairs.Target.Background));
        Assert.Equal(Enumerable.Range(0, 12), pairs.SourceOfTarget);
    }

    [Fact]
    public void Sizes_are_the_papers_scaled_by_one_number_and_whole_rounds_of_classes()
    {
        var (pairs, train, test) = (_catalogue.Pairs("impacts"), _catalogue.Labelled("impacts", "train"), _catalogue.Labelled("impacts", "test"));

        Assert.Equal((4625 * 0.288, 10_000 * 0.288, 10_000 * 0.288), (pairs.Target.Count, train.Images.Count, test.Images.Count));
        Assert.Equal(12, train.Classes.Count);
        Assert.All(new[] { pairs.Target.Count, train.Images.Count, test.Images.Count }, count => Assert.Equal(0, count % 12));
        Assert.Equal(Enumerable.Range(0, 24).Select(item => item % 12), train.Labels.Take(24));
    }

    [Fact]
    public void Sounds_are_tested_whole_and_frames_as_photos_are()
    {
        using var scope = torch.NewDisposeScope();
        var sounds = new UnseenImages(_catalogue.Labelled("impacts", "test", 12).Images).Reveal();
        var sound = sounds.Read([0]);
        Assert.True(Networks.TestViewOf(sounds, sound, 64).allclose(sound.to(torch.float32) / 255));
        Assert.True(_catalogue.Pairs("impacts", 12).Target.ReachesEdges);

        // Of a photo of that size, the outer sixteenth on each side is cut off.
        var photos = new ResidentImages(1, 64, 64, 0, () => [.. sound.bytes]);
        Assert.False(Networks.TestViewOf(photos, sound, 64).allclose(sound.to(torch.float32) / 255));
        Assert.False(_catalogue.Pairs("impacts", 12).Source.ReachesEdges || _catalogue.Unlabelled("impacts", 12).Images.ReachesEdges);
    }

    [Fact]
    public void Smaller_set_is_the_beginning_of_a_larger_one()
    {
        var (some, more) = (_catalogue.Labelled("impacts", "validation", 12), _catalogue.Labelled("impacts", "validation", 24));
        using var first = some.Images.Read([11]);
        using var same = more.Images.Read([11]);

        Assert.NotEqual(some.Hash, more.Hash);
        Assert.True(first.equal(same).all().item<bool>());
    }

    [Fact]
    public void Parts_share_no_content()
    {
        var sounds = new[] { "train", "validation", "test" }.Select(split => _catalogue.Labelled("impacts", split, 24).Images).Append(_catalogue.Pairs("impacts", 24).Target);
        var hashes = sounds.SelectMany(set => Enumerable.Range(0, 24).Select(item => Convert.ToHexString(SHA256.HashData(BytesOf(set, item)))));
        Assert.Equal(4 * 24, hashes.Distinct().Count());

        var (stills, clips) = (_catalogue.Unlabelled("impacts", 24).Images, _catalogue.Pairs("impacts", 24).Source);
        var frames = Enumerable.Range(0, 24).SelectMany(item => BytesOf(clips, item).Chunk(32 * 32)).Concat(Enumerable.Range(0, 24).Select(item => BytesOf(stills, item)));
        Assert.Equal(13 * 24, frames.Select(frame => Convert.ToHexString(SHA256.HashData(frame))).Distinct().Count());
    }

    [Fact]
    public void Item_does_not_depend_on_the_items_beside_it()
    {
        var recorder = new Recorder(new RecordingStyle());
        var many = recorder.Sounds(ImpactClips.KindOf, 1_000_000, 8);
        Assert.Equal(many[(5 * Recorder.SoundBytes)..(6 * Recorder.SoundBytes)], recorder.Sounds(_ => ImpactClips.KindOf(5), 1_000_005, 1));
        var clips = recorder.Clips(ImpactClips.KindOf, 1_000_000, 8);
        Assert.Equal(clips[^(Film.Frames * Recorder.FrameBytes)..], recorder.Clips(_ => ImpactClips.KindOf(7), 1_000_007, 1));
    }

    /// <summary>Guards the data sets' hashes: other data without another version would meet stored results of the old ones.</summary>
    [Fact]
    public void Data_of_this_version_are_pinned()
    {
        var recorder = new Recorder(new RecordingStyle());
        var made = Convert.ToHexStringLower(SHA256.HashData(
            [.. recorder.Stills(ImpactClips.KindOf, 0, 12), .. recorder.Clips(ImpactClips.KindOf, 1_000_000, 12), .. recorder.Sounds(ImpactClips.KindOf, 1_000_000, 12)]));

        Assert.True((Recorder.GeneratorVersion, made) == (1, "a8c2f2a0ae4888486b4d3b8a1cc975a8190827fa4b9337fa52c082d10f79b58e"),
            $"Generator version {Recorder.GeneratorVersion} makes {made}: if that is meant, raise GeneratorVersion (a change of RecordingStyle alone needs no raise) and pin both here.");
    }

    [Fact]
    public void Event_out_of_the_picture_is_heard_in_some_clips_only()
    {
        var (alone, joined) = (new Recorder(new RecordingStyle { Distraction = 0 }), new Recorder(new RecordingStyle { Distraction = 1 }));
        Assert.NotEqual(alone.Heard(EventKind.Plate, 7), joined.Heard(EventKind.Plate, 7));
        Assert.All(joined.Heard(EventKind.Plate, 7), sample => Assert.InRange(sample, -1, 1));
    }

    [Fact]
    public void Limit_the_set_cannot_meet_is_refused_with_what_is_allowed()
    {
        Assert.StartsWith("11 impacts/test sounds were asked for; allowed are 12 to 2880.", Message(() => _catalogue.Labelled("impacts", "test", 11)));
        Assert.StartsWith("1333 impacts clips with sound were asked for; allowed are 1 to 1332.", Message(() => _catalogue.Pairs("impacts", 1333)));
        Assert.StartsWith("7201 impacts unlabelled frames", Message(() => _catalogue.Unlabelled("impacts", 7201)));
    }

    private static byte[] BytesOf(IImageSet set, int item)
    {
        using var read = set.Read([item]);
        return read.bytes.ToArray();
    }

    private static string Message(Func<object> open) => Assert.Throws<DatasetUnavailableException>(open).Message;
}
