using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Images;
using Cmcd.Repro.Datasets.TuBerlinFiles;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets;

/// <summary>From the zip of the mirror to labelled sketches.</summary>
public sealed class TuBerlinTests(TuBerlinTests.Zip zip) : IClassFixture<TuBerlinTests.Zip>, IDisposable
{
    private const int Stored = 40, Side = 24;

    private readonly ScratchFolder _packed = new();

    /// <summary>The archive, unpacked once by the program's own extraction.</summary>
    public sealed class Zip : IDisposable
    {
        private readonly ScratchFolder _folder = new();

        public Zip()
        {
            TuBerlinMirror.Write(_folder.File("data"), Stored);
            Opened = MirrorStore.Open(_folder.File("data"), _folder.File("cache"), "tu-berlin", TuBerlinMirror.Archive);
        }

        public DatasetFolder Opened { get; }

        public void Dispose() => _folder.Dispose();
    }

    public void Dispose() => _packed.Dispose();

    [Fact]
    public void Classes_are_the_folders_with_their_own_names()
    {
        var train = TuBerlin().Labelled("train", null);

        Assert.Equal(["airplane", "alarm clock", "crane (machine)", "t-shirt", "zebra"], train.Classes);
        Assert.Equal((3, Side, Side, 255), (train.Images.Channels, train.Images.Height, train.Images.Width, (int)train.Images.Background));
    }

    [Fact]
    public void Each_image_is_the_resized_file_of_its_class()
    {
        var (berlin, known) = (TuBerlin(), new Dictionary<string, string>());
        foreach (var (name, content) in TuBerlinMirror.Files(Stored).Where(file => file.Name.EndsWith(".png", StringComparison.Ordinal) && !file.Name.EndsWith(TuBerlinMirror.Text, StringComparison.Ordinal)))
            known[Convert.ToHexString(ImageDecoder.Decode(content, name, 1).ResizedTo(Side, Side).Pixels)] = name.Split('/')[1];
        foreach (var split in new[] { berlin.Labelled("train", null), berlin.Labelled("test", null) })
        {
            for (var item = 0; item < split.Images.Count; item++)
            {
                using var image = split.Images.Read([item]);
                var planes = image.contiguous().bytes.ToArray().Chunk(Side * Side).ToArray();
                Assert.Equal(split.Classes[split.Labels[item]], known[Convert.ToHexString(planes[0])]);
                Assert.Equal(planes[0], planes[1]);
                Assert.Equal(planes[0], planes[2]);
            }
        }
    }

    [Fact]
    public void A_small_class_is_split_three_to_one_and_the_broken_sketch_is_left_out()
    {
        var berlin = TuBerlin();
        var (train, test) = (berlin.Labelled("train", null), berlin.Labelled("test", null));
        var record = Record();

        // 16 files give 12 and 4, the 15 of t-shirt 11 and 4; one of zebra cannot be decoded.
        foreach (var (name, files) in new[] { ("airplane", 16), ("t-shirt", 15), ("zebra", 16) })
            Assert.Equal((files * 3 / 4, files - (files * 3 / 4)), (Own("train", name).Length, Own("test", name).Length));
        Assert.Equal(79, record.Select(line => line.Item).Distinct().Count());
        Assert.Equal(78, train.Images.Count + test.Images.Count);
        Assert.Equal(train.Images.Count, train.Labels.Count);
        Assert.Contains("zebra/19923.png", record.Select(line => line.Item));

        string[] Own(string part, string name) => [.. record.Where(line => line.Part == part && line.Item.StartsWith(name + "/", StringComparison.Ordinal)).Select(line => line.Item)];
    }

    [Fact]
    public void A_full_class_gives_the_numbers_asked_for()
    {
        var berlin = TuBerlin(new() { TrainPerClass = 10, TestPerClass = 3 });
        berlin.Labelled("train", null);

        Assert.All(Record().GroupBy(line => line.Item.Split('/')[0]), own => Assert.Equal((10, 3), (own.Count(line => line.Part == "train"), own.Count(line => line.Part == "test"))));
    }

    [Fact]
    public void Another_seed_gives_another_split_and_hash()
    {
        var (first, other) = (TuBerlin().Labelled("test", null), TuBerlin(new() { SplitSeed = 5 }).Labelled("test", null));
        var records = Directory.GetFiles(_packed.Path, "tu-berlin-split-*.txt");

        Assert.NotEqual(first.Hash, other.Hash);
        Assert.Equal(2, records.Length);
        Assert.NotEqual(File.ReadAllLines(records[0])[1..], File.ReadAllLines(records[1])[1..]);
        Assert.Equal(first.Hash, TuBerlin().Labelled("test", null).Hash);
    }

    [Fact]
    public void Coverage_tells_the_crane_the_gap_and_the_broken_sketch()
    {
        var berlin = TuBerlin();
        var broken = Assert.Single(berlin.Prepare());
        var coverage = berlin.Coverage.ToDictionary(line => line.Name, line => line.Count);

        Assert.Contains("zebra/19923.png", broken.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Equal((5, 79), (coverage["classes (250 published)"], coverage["sketches (20,000 published)"]));
        Assert.Equal(1, coverage["sketches in filelist.txt without a file"]);
        Assert.Equal((0, 1), (coverage["files that filelist.txt gives to another class"], coverage["class folders that filelist.txt writes otherwise"]));
        Assert.Equal((0, 0), (coverage["classes whose numbers are not one block of 80"], coverage["files that share a number with another"]));
        Assert.Equal((1, 1), (coverage["other files, not read"], coverage["broken sketches, left out"]));
    }

    [Fact]
    public void A_copy_that_counts_each_class_from_one_is_read_by_folder_and_told()
    {
        foreach (var (name, number) in from name in new[] { "airplane", "zebra" } from number in Enumerable.Range(1, 4) select (name, number))
        {
            Directory.CreateDirectory(_packed.File($"png/{name}"));
            File.WriteAllBytes(_packed.File($"png/{name}/{number}.png"), MirrorImages.Sketch(1, number, 8));
        }

        var listing = TuBerlinListing.Read(_packed.Path);
        Assert.Equal(4, listing.Renumbered);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1], listing.Sketches.Select(sketch => sketch.Label));
        Assert.Null(listing.Listed);
    }

    [Fact]
    public void A_file_in_the_wrong_class_is_counted()
    {
        foreach (var (file, content) in TuBerlinMirror.Files(8))
        {
            var path = _packed.File(file == "png/airplane/3.png" ? "png/zebra/3.png" : file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        var listing = TuBerlinListing.Read(_packed.Path);
        Assert.Equal((1, 1), (listing.Misfiled, listing.ScatteredClasses));
    }

    [Fact]
    public void The_wrong_folder_and_an_empty_class_are_told()
    {
        Directory.CreateDirectory(_packed.File("svg/airplane"));
        Assert.Contains("has no folder png, with a folder for each class; found: svg.", Refusal(), StringComparison.Ordinal);
        Directory.CreateDirectory(_packed.File("png/teapot"));
        Assert.Contains("teapot holds fewer than 2 sketches named as 1.png", Refusal(), StringComparison.Ordinal);

        string Refusal() => Assert.Throws<DatasetUnavailableException>(() => TuBerlinListing.Read(_packed.Path)).Message;
    }

    private TuBerlin TuBerlin(TuBerlinOptions? options = null) => new(() => zip.Opened, _packed.Path, (options ?? new()) with { Side = Side });

    private (string Part, string Item)[] Record() =>
        [.. File.ReadAllLines(Assert.Single(Directory.GetFiles(_packed.Path, "tu-berlin-split-*.txt"))).Skip(1).Select(line => line.Split('\t')).Select(line => (line[0], line[1]))];
}
