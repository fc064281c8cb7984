using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Images;
using Cmcd.Repro.Datasets.SketchyFiles;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets;

/// <summary>From the two 7z archives of the mirror to pairs and labelled sketches.</summary>
public sealed class SketchyTests(SketchyTests.Archives archives) : IClassFixture<SketchyTests.Archives>, IDisposable
{
    private const int Side = 32;

    private readonly ScratchFolder _packed = new();

    /// <summary>The archives, unpacked once by the program's own extraction.</summary>
    public sealed class Archives : IDisposable
    {
        private readonly ScratchFolder _folder = new();

        public Archives()
        {
            SketchyMirror.Write(_folder.File("data"), Side);
            Opened = MirrorStore.Open(_folder.File("data"), _folder.File("cache"), "sketchy", SketchyMirror.Rendered, SketchyMirror.Info);
        }

        public DatasetFolder Opened { get; }

        public void Dispose() => _folder.Dispose();
    }

    public void Dispose() => _packed.Dispose();

    [Fact]
    public void A_sketch_is_paired_with_the_photo_of_its_stem_and_class()
    {
        var pairs = Sketchy().Pairs(limit: null);

        Assert.Equal(pairs.Target.Count, pairs.SourceOfTarget.Count);
        var known = new Dictionary<string, string>();   // content of a sketch → its photo, from the mirror's own files
        foreach (var (item, _, _, _) in SketchyMirror.Sketches().Where(each => each.Item != SketchyMirror.CutSketch)) known.Add(Content($"sketch/tx_000000000000/{item}.png", 1), item[..item.LastIndexOf('-')]);
        for (var target = 0; target < pairs.Target.Count; target++)
        {
            var photo = known[Content(pairs.Target, target, 1)];
            Assert.Equal(Content($"photo/tx_000000000000/{photo}.jpg", 3), Content(pairs.Source, pairs.SourceOfTarget[target], 3));
        }
    }

    [Theory]
    [InlineData(SketchyPairRule.Capped, SketchySplitUnit.Sketch)]
    [InlineData(SketchyPairRule.ShareOfTrain, SketchySplitUnit.Sketch)]
    [InlineData(SketchyPairRule.NoFlags, SketchySplitUnit.Photo)]
    [InlineData(SketchyPairRule.NoFlagsNoTestPhotos, SketchySplitUnit.Photo)]
    public void No_pair_shows_a_test_sketch(SketchyPairRule rule, SketchySplitUnit unit)
    {
        var sketchy = Sketchy(new() { PairRule = rule, SplitUnit = unit });
        var (pairs, test) = (sketchy.Pairs(null), sketchy.Labelled("test", null));
        var tested = Contents(test.Images, 1);

        Assert.NotEmpty(Contents(pairs.Target, 1));
        Assert.Empty(Contents(pairs.Target, 1).Intersect(tested));
        if (unit == SketchySplitUnit.Photo)
        {
            var photosOfTest = Record().Where(line => line.Part == "test").Select(line => line.Item[..line.Item.LastIndexOf('-')]).Distinct()
                .Where(photo => photo != SketchyMirror.TextPhoto && !SketchyMirror.OrphanSketch.StartsWith(photo, StringComparison.Ordinal));
            Assert.Empty(Contents(pairs.Source, 3).Intersect(photosOfTest.Select(photo => Content($"photo/tx_000000000000/{photo}.jpg", 3))));
        }
    }

    [Fact]
    public void Both_splits_hold_every_sketch_once_and_train_is_a_share_of_each_class_rounded_down()
    {
        Sketchy().Labelled("train", null);
        var record = Record();
        string[] all = [.. SketchyMirror.Sketches().Select(sketch => sketch.Item), SketchyMirror.OrphanSketch];

        Assert.Equal(all.Order(StringComparer.Ordinal), record.Select(line => line.Item).Order(StringComparer.Ordinal));
        foreach (var own in record.GroupBy(line => line.Item[..line.Item.IndexOf('/', StringComparison.Ordinal)]))
            Assert.Equal(own.Count() * 4 / 5, own.Count(line => line.Part == "train"));
    }

    [Fact]
    public void Labels_are_those_of_the_folders_and_a_prefix_is_balanced()
    {
        var train = Sketchy().Labelled("train", limit: 8);
        var classes = SketchyMirror.Sketches().Where(each => each.Item != SketchyMirror.CutSketch)
            .ToDictionary(each => Content($"sketch/tx_000000000000/{each.Item}.png", 1), each => each.Label);

        Assert.Equal(SketchyMirror.Classes, train.Classes);
        Assert.Equal([2, 2, 2, 2], train.Labels.CountBy(label => label).OrderBy(label => label.Key).Select(label => label.Value));
        for (var item = 0; item < train.Images.Count; item++)
            if (classes.TryGetValue(Content(train.Images, item, 1), out var label)) Assert.Equal(label, train.Labels[item]);
        Assert.Equal((3, Side, Side, 255), (train.Images.Channels, train.Images.Height, train.Images.Width, (int)train.Images.Background));
    }

    [Fact]
    public void Another_seed_gives_another_split_and_hash_and_the_same_seed_the_same()
    {
        var (first, again, other) = (Sketchy().Labelled("test", null), Sketchy().Labelled("test", null), Sketchy(new() { SplitSeed = 1 }).Labelled("test", null));

        Assert.Equal(first.Hash, again.Hash);
        Assert.Equal(Contents(first.Images, 1), Contents(again.Images, 1));
        Assert.NotEqual(first.Hash, other.Hash);
        Assert.NotEqual(Contents(first.Images, 1).Order(), Contents(other.Images, 1).Order());
    }

    [Fact]
    public void Hashes_are_known_before_anything_is_decoded()
    {
        var sketchy = Sketchy();
        Assert.Equal(64, sketchy.Pairs(3).Hash.Length);
        Assert.NotEqual(sketchy.Pairs(3).Hash, sketchy.Pairs(4).Hash);
        Assert.NotEqual(sketchy.Labelled("train", null).Hash, sketchy.Labelled("test", null).Hash);
        Assert.NotEqual(sketchy.Pairs(3).Hash, Sketchy(new() { PairRule = SketchyPairRule.NoFlags }).Pairs(3).Hash);
        Assert.Equal(sketchy.Labelled("train", null).Hash, Sketchy(new() { PairRule = SketchyPairRule.NoFlags }).Labelled("train", null).Hash);

        Assert.Empty(Directory.GetFiles(_packed.Path, "*.pack"));
    }

    [Fact]
    public void Coverage_counts_every_candidate_and_what_is_missing_or_broken()
    {
        var sketchy = Sketchy(new() { Cap = 100 });
        Assert.DoesNotContain(sketchy.Coverage, line => line.Name.StartsWith("broken", StringComparison.Ordinal));
        var broken = sketchy.Prepare();
        var coverage = sketchy.Coverage.ToDictionary(line => line.Name, line => line.Count);
        var sketches = SketchyMirror.Sketches().ToArray();
        var train = SketchyMirror.Classes.Select((_, label) => ((label == 3 ? 1 : 0) + sketches.Count(each => each.Label == label)) * 4 / 5).Sum();
        int Flagged(int column) => sketches.Count(each => SketchyMirror.Flags(each.Label, each.Photo, each.Number)[column] == '1');
        var whole = sketches.Where(each => SketchyMirror.Flags(each.Label, each.Photo, each.Number) == "0,0,0,0").ToArray();

        Assert.Equal(2, broken.Count);
        Assert.Contains(broken, line => line.Contains(SketchyMirror.TextPhoto, StringComparison.Ordinal) && line.Contains("begins with the text", StringComparison.Ordinal));
        Assert.Contains(broken, line => line.Contains(SketchyMirror.CutSketch, StringComparison.Ordinal) && line.Contains("not a whole image", StringComparison.Ordinal));
        Assert.Equal((1, 1), (coverage["broken photos, left out"], coverage["broken sketches, left out"]));
        Assert.Equal((4, 41, sketches.Length + 1), (coverage["classes (125 published)"], coverage["photos (12,500 published)"], coverage["sketches (75,471 to 75,481 published)"]));
        Assert.Equal((1, 1, 1), (coverage["sketches without their photo, in no pair"], coverage["photos without a sketch, in no pair"], coverage["other files, not read"]));
        Assert.Equal((train, sketches.Length + 1 - train), (coverage["Sketchy-Eval train (60,335 printed)"], coverage["Sketchy-Eval test (15,146 printed)"]));
        Assert.Equal(100, coverage["pairs by Capped (48,290 printed)"]);
        Assert.InRange(coverage["pairs by ShareOfTrain (48,290 printed)"], (train * 8 / 10) - 15, (train * 8 / 10) + 15);
        Assert.Equal(
            (Flagged(0), Flagged(2), Flagged(4), Flagged(6)),
            (coverage["sketches flagged Error in stats.csv"], coverage["sketches flagged Context in stats.csv"], coverage["sketches flagged Ambiguous in stats.csv"], coverage["sketches flagged WrongPose in stats.csv"]));
        Assert.Equal(whole.Length + 1, coverage["sketches by NoFlags, test split included"]);
        Assert.Equal(whole.Count(each => each.Photo != 9) + 1, coverage["sketches by NoFlagsNoTestPhotos, test split included"]);
        Assert.Equal((1, 4), (coverage["sketches in stats.csv without a file"], coverage["photos on the authors' test list (1,250 expected)"]));
    }

    [Fact]
    public void Without_stats_csv_the_invalid_lists_give_the_same_flags()
    {
        using var folder = new ScratchFolder();
        foreach (var (withTable, name) in new[] { (true, "table"), (false, "lists") })
            foreach (var (file, content) in SketchyMirror.InfoFiles(withTable)) Write(folder.File($"{name}/{file}"), content);
        var (table, lists) = (SketchyNotes.Read(folder.File("table")), SketchyNotes.Read(folder.File("lists")));

        Assert.Equal(("stats.csv", "invalid-*.txt"), (table.Source, lists.Source));
        Assert.NotEmpty(lists.Flags);
        Assert.Equal(table.Flags.Where(flag => flag.Value != 0).OrderBy(flag => flag.Key), lists.Flags.OrderBy(flag => flag.Key));
    }

    [Fact]
    public void A_rule_by_flags_without_any_notes_is_told_with_the_rules_that_need_none()
    {
        var notes = SketchyNotes.Read(_packed.Path);
        var said = Assert.Throws<DatasetUnavailableException>(() => notes.FlagsOf(new(0, "n02691156_1", 1, 0, ""))).Message;

        Assert.Contains("info-06-04.7z", said, StringComparison.Ordinal);
        Assert.Contains("Capped or ShareOfTrain", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SketchySketchRendering.Centred, "tx_000100000000")]
    [InlineData(SketchySketchRendering.BoxAligned1010, "tx_000000001010")]
    public void Another_rendering_reads_its_own_folder(SketchySketchRendering rendering, string folder)
    {
        var test = Sketchy(new() { SketchRendering = rendering }).Labelled("test", null);
        var own = SketchyMirror.Sketches().Where(each => each.Item != SketchyMirror.CutSketch).Select(each => Content($"sketch/{folder}/{each.Item}.png", 1)).ToHashSet();

        Assert.Contains(Contents(test.Images, 1), own.Contains);
        Assert.True(Contents(test.Images, 1).Count(image => !own.Contains(image)) <= 1);   // the orphan may be drawn
    }

    [Fact]
    public void The_wrong_folder_is_told_with_what_is_there()
    {
        var said = Assert.Throws<DatasetUnavailableException>(() =>
            SketchyListing.Read(archives.Opened[SketchyMirror.Info], new())).Message;

        Assert.Contains("no folder 256x256/photo/tx_000000000000, which option PhotoRendering asks for; found: info.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("half", "has no split \"half\". Allowed: train, test.")]
    public void An_unknown_split_is_refused(string split, string why) =>
        Assert.Contains(why, Assert.Throws<DatasetUnavailableException>(() => Sketchy().Labelled(split, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_without_sense_are_refused_with_their_name()
    {
        foreach (var (options, name) in new (SketchyOptions, string)[]
        {
            (new() { Side = 0 }, "Side"), (new() { TrainShare = 1 }, "TrainShare"), (new() { PairShare = 0 }, "PairShare"), (new() { Cap = 0 }, "Cap"),
            (new() { SplitSeed = -1 }, "SplitSeed"), (new() { PairRule = (SketchyPairRule)9 }, "PairRule"),
        })
        {
            var said = Assert.Throws<DatasetUnavailableException>(() => new Sketchy(() => archives.Opened, _packed.Path, options).Pairs(null)).Message;
            Assert.Contains($"option {name} is", said, StringComparison.Ordinal);
        }
    }

    /// <summary>The figure behind the default share: 125 classes of about 604 sketches, cut at 0.8 and rounded down, give the printed 60,335.</summary>
    [Fact]
    public void Four_fifths_rounded_down_class_by_class_explain_the_printed_split()
    {
        // 75,481 sketches over 125 classes with the five remainders equally often: 25 classes each of 603 … 607, less what is over.
        int[] sizes = [.. Enumerable.Range(0, 125).Select(label => 602 + (label % 5))];
        sizes[0] += 75_481 - sizes.Sum();

        Assert.InRange(sizes.Sum(size => Draws.ShareOf(0.8, size)), 60_335 - 3, 60_335 + 3);
    }

    private Sketchy Sketchy(SketchyOptions? options = null) => new(() => archives.Opened, _packed.Path, (options ?? new()) with { Side = Side });

    private (string Part, string Item)[] Record() =>
        [.. File.ReadAllLines(Assert.Single(Directory.GetFiles(_packed.Path, "sketchy-eval-split-*.txt"))).Skip(1).Select(line => line.Split('\t')).Select(line => (line[0], line[1]))];

    private string Content(string file, int channels) =>
        Convert.ToHexString(ImageDecoder.Read(Path.Combine(archives.Opened[SketchyMirror.Rendered], "256x256", file), channels).ToPlanes());

    private static string[] Contents(IImageSet images, int planes) => [.. Enumerable.Range(0, images.Count).Select(item => Content(images, item, planes))];

    /// <summary>The first planes of an item; a sketch has three equal ones.</summary>
    private static string Content(IImageSet images, int item, int planes)
    {
        using var read = images.Read([item]);
        var bytes = read.contiguous().bytes.ToArray();
        return Convert.ToHexString(bytes.AsSpan(0, planes * Side * Side));
    }

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
