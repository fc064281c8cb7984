using System.Text.Json;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Tests.Datasets.Download;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets;

/// <summary>From a folder of clips, as users have it, to pairs and labelled sounds.</summary>
public sealed class VggSoundTests(VggSoundTests.Written mirror) : IClassFixture<VggSoundTests.Written>, IDisposable
{
    // 16 good training clips and four that are here and broken, or sound alone; 16 good test clips.
    private static readonly VggSoundOptions Options = new() { PairCount = 5, TrainCount = 8, TestCount = 12, FrameSide = 32, SpectrogramSide = 32 };

    private readonly ScratchFolder _folder = new();
    private readonly List<string> _progress = [];

    public void Dispose() => _folder.Dispose();

    [FfmpegFact]
    public void Pairs_are_twelve_colour_frames_with_one_spectrogram_each()
    {
        var pairs = Open().Pairs(null);
        Assert.Empty(_progress);                                                             // nothing is decoded before it is asked for
        using var frames = pairs.Source.Read([0, 4]);
        using var sounds = pairs.Target.Read([0, 4]);

        Assert.Equal([24L, 3, 32, 32], frames.shape);
        Assert.Equal([2L, 3, 32, 32], sounds.shape);
        Assert.Equal((5, 5, 12, 1), (pairs.Source.Count, pairs.Target.Count, pairs.Source.Frames, pairs.Target.Frames));
        Assert.Equal((0, 128, false, true), (pairs.Source.Background, pairs.Target.Background, pairs.Source.ReachesEdges, pairs.Target.ReachesEdges));
        Assert.Equal(Enumerable.Range(0, 5), pairs.SourceOfTarget);
        Assert.Equal(["vggsound-pairs-frames 7 of 7", "vggsound-pairs-sounds 7 of 7"], _progress.Order());
        Assert.NotEqual(frames.bytes.ToArray()[..3072], frames.bytes.ToArray()[3072..6144]);  // the picture moves
        Assert.Equal(sounds.bytes.ToArray()[..1024], sounds.bytes.ToArray()[1024..2048]);
    }

    [FfmpegFact]
    public void Labels_are_those_of_the_sounds()
    {
        foreach (var (split, count) in new[] { ("train", 8), ("test", 12) })
        {
            var set = Open().Labelled(split, null);
            Assert.Equal(VggSoundMirror.Classes, set.Classes);
            Assert.Equal((count, count), (set.Images.Count, set.Labels.Count));
            using var read = set.Images.Read([.. Enumerable.Range(0, count)]);
            var bytes = read.bytes.ToArray();
            for (var item = 0; item < count; item++)
            {
                // Class k sounds at 400 (k + 1) Hz and up to 224 more; a row of 32 holds 250 Hz. The lowest two rows hold beeps of no class.
                var image = bytes.AsSpan(item * 3072, 1024).ToArray();
                var loudest = Enumerable.Range(1, 10).MaxBy(row => image.AsSpan((31 - row) * 32, 32).ToArray().Sum(value => value));
                var tone = 400 * (set.Labels[item] + 1);
                Assert.InRange(loudest, (tone - 20) / 250, (tone + 250) / 250);
            }
        }
    }

    [FfmpegFact]
    public void What_is_missing_or_broken_is_counted_and_replaced()
    {
        var set = Open(Options with { PairCount = 6, TrainCount = 12 });                     // asks for all twenty that are here
        var (pairs, train) = (set.Pairs(null).Source.Count, set.Labelled("train", null).Images.Count);
        var coverage = set.Coverage.ToDictionary(line => line.Name, line => line.Count);

        Assert.Equal((38, 4), (coverage["clips listed (199,467 published)"], coverage["classes (309 published)"]));
        Assert.Equal((22, 2, 1), (coverage["training split (183,971 recalled)"], coverage["training split, missing here"], coverage["training split, here as sound alone"]));
        Assert.Equal((16, 0, 16), (coverage["test split (15,496 recalled)"], coverage["test split, missing here"], coverage["clips of test.csv (15,446 published)"]));
        Assert.Equal((36, 1, 1), (coverage["clips here, listed or not"], coverage["clips here as empty files only"], coverage["files not named like a clip"]));
        var broken = coverage.Where(line => line.Key.Contains("not decodable", StringComparison.Ordinal)).ToArray();
        var brokenSounds = broken.Where(line => line.Key.StartsWith("train", StringComparison.Ordinal)).Sum(line => line.Value);
        Assert.Equal((6 + 14, 3), (coverage["pairs, with those in reserve"] + coverage["train, with those in reserve"], 6 - pairs + brokenSounds));
        Assert.Equal((Math.Min(12, 14 - brokenSounds), pairs), (train, coverage["pairs, decoded"]));
        Assert.DoesNotContain("unknown", string.Join(' ', coverage.Keys), StringComparison.Ordinal);
        Assert.Equal(coverage["train, decoded"], train);
    }

    [FfmpegFact]
    public void Sets_share_no_clip_and_a_limit_takes_the_beginning()
    {
        var set = Open();
        byte[][] sounds = [.. Items(set.Pairs(null).Target), .. Items(set.Labelled("train", null).Images), .. Items(set.Labelled("test", null).Images)];
        Assert.Equal(5 + 8 + 12, sounds.Select(Convert.ToHexString).Distinct().Count());

        var (some, all) = (set.Labelled("test", 5), set.Labelled("test", null));
        Assert.Equal(all.Labels.Take(5), some.Labels);
        Assert.Equal(Items(all.Images).Take(5), Items(some.Images));
        Assert.NotEqual(all.Hash, some.Hash);
        Assert.Contains("allowed are 1 to 12", Assert.Throws<DatasetUnavailableException>(() => set.Labelled("test", 13)).Message, StringComparison.Ordinal);
        Assert.Contains("Allowed: train, test.", Assert.Throws<DatasetUnavailableException>(() => set.Labelled("validation", null)).Message, StringComparison.Ordinal);
    }

    [FfmpegFact]
    public void Hash_follows_clips_and_options_and_needs_no_decoding()
    {
        var hash = Open().Labelled("train", null).Hash;
        Assert.Equal(hash, Open().Labelled("train", null).Hash);
        foreach (var options in new[] { Options with { SplitSeed = 1 }, Options with { SpectrogramSide = 64 }, Options with { TrainCount = 7 } })
            Assert.NotEqual(hash, Open(options).Labelled("train", null).Hash);
        Assert.Equal(hash, Open(Options with { TestCount = 3, FrameSide = 64 }).Labelled("train", null).Hash);
        Assert.Empty(_progress);
        Assert.Equal(4, Directory.GetFiles(_folder.File("packed"), "vggsound-split-*.txt").Length);
        Assert.Contains("SpectrogramSide is 0, allowed 32 to 1024", Assert.Throws<DatasetUnavailableException>(() => Open(Options with { SpectrogramSide = 0 }).Pairs(null)).Message, StringComparison.Ordinal);
    }

    [FfmpegFact]
    public void A_folder_of_clips_that_is_gone_or_was_never_there_is_told()
    {
        var drop = _folder.Create("lists only");
        Directory.CreateDirectory(Path.Combine(drop, "vggsound"));
        foreach (var list in Directory.GetFiles(Path.Combine(mirror.Drop, "vggsound"), "*.csv")) File.Copy(list, Path.Combine(drop, "vggsound", Path.GetFileName(list)));
        var none = Assert.Throws<DatasetUnavailableException>(() => Open(drop: drop).Pairs(null)).Message;
        Assert.Contains("no clip of the training split with pictures is here", none, StringComparison.Ordinal);
        Assert.Contains("--target=Datasets --name=vggsound --data=DIR", none, StringComparison.Ordinal);

        var clips = Directory.CreateDirectory(Path.Combine(drop, "vggsound", "clips")).FullName;
        var set = Open(drop: drop);
        Directory.Delete(clips);
        Assert.Contains($"{clips} was there at the last fetch and is gone", Assert.Throws<DatasetUnavailableException>(() => set.Pairs(null)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<byte[]> Items(IImageSet set)
    {
        using var read = set.Read([.. Enumerable.Range(0, set.Count)]);
        return [.. read.bytes.ToArray().Chunk((int)(read.numel() / set.Count))];
    }

    /// <summary>Fetched offline from the drop folder, as --target=Datasets --name=vggsound --data=DIR does, then opened.</summary>
    private VggSound Open(VggSoundOptions? options = null, string? drop = null)
    {
        drop ??= mirror.Drop;
        var (source, cache, time) = (VggSoundMirror.Source(drop), _folder.File("cache"), new ManualTime());
        var catalogue = _folder.File("sources.json");
        File.WriteAllText(catalogue, JsonSerializer.Serialize(new { about = "", sources = new[] { source } }, JsonSerializerOptions.Web));
        var fetcher = new SourceFetcher(cache, SourceCatalogue.Read(catalogue), downloader: null, drop, time, new Witness(time));
        fetcher.FetchAsync(source, [.. source.Files.Where(file => File.Exists(Path.Combine(drop, "vggsound", file.Name)))], default).GetAwaiter().GetResult();
        return new(() => new PaperDataFolder(cache).Require(source).Single(), _folder.File("packed"), options ?? Options, (what, done, total) =>
        {
            lock (_progress) _progress.Add($"{what} {done} of {total}");
        });
    }

    /// <summary>The mirror, written once for the class; nothing where there is no ffmpeg, and every test of the class is then skipped.</summary>
    public sealed class Written : IDisposable
    {
        private readonly ScratchFolder _folder = new();

        public Written()
        {
            if (Ffmpeg.Folder is not null) VggSoundMirror.Write(Drop);
        }

        public string Drop => _folder.Path;

        public void Dispose() => _folder.Dispose();
    }
}
