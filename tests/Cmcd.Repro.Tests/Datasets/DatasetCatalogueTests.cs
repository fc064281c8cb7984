using Cmcd.Repro.Datasets;
using TorchSharp;

namespace Cmcd.Repro.Tests.Datasets;

public class DatasetCatalogueTests
{
    private const string TrainImages = "emoji-line/train-images.idx.gz";

    private readonly DatasetCatalogue _catalogue = new(DataFolder.Committed, DataFolder.Generated);

    [Fact]
    public void Pairs_hold_four_sketches_of_each_photo()
    {
        var pairs = _catalogue.Pairs("fashion-sketch", limit: 20);

        Assert.Equal((20, 80), (pairs.Source.Count, pairs.Target.Count));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 2], pairs.SourceOfTarget.Take(9));
        Assert.Equal(19, pairs.SourceOfTarget[^1]);
    }

    [Fact]
    public void Images_are_grey_32_by_32_with_the_background_they_say()
    {
        var pairs = _catalogue.Pairs("fashion-sketch", limit: 20);
        var emoji = _catalogue.Labelled("emoji-line", "train");
        using var photos = pairs.Source.Read([0, 7]);
        using var sketches = pairs.Target.Read([5]);
        using var drawings = emoji.Images.Read([3, 2, 1]);

        Assert.Equal([2, 1, 32, 32], photos.shape);
        Assert.Equal([1, 1, 32, 32], sketches.shape);
        Assert.Equal([3, 1, 32, 32], drawings.shape);
        Assert.Equal(torch.uint8, sketches.dtype);
        Assert.Equal((0, 255, 255), (pairs.Source.Background, pairs.Target.Background, emoji.Images.Background));
        Assert.All(photos.bytes.ToArray().Take(64), value => Assert.Equal(0, value));           // two rows of padding
        Assert.True(sketches.bytes.ToArray().Count(value => value == 255) > 512);
        Assert.True(drawings.bytes.ToArray().Count(value => value == 255) > 3 * 512);
    }

    [Fact]
    public void Opening_and_hashing_draws_nothing_and_the_first_read_draws()
    {
        var pairs = _catalogue.Pairs("fashion-sketch", limit: 10);
        var images = Assert.IsType<ResidentImages>(pairs.Target);

        Assert.Equal(64, pairs.Hash.Length);
        Assert.False(images.IsBuilt);
        pairs.Target.Read([0]).Dispose();
        Assert.True(images.IsBuilt);
    }

    [Fact]
    public void Images_outlive_the_scope_of_their_first_reader_and_reading_leaks_nothing()
    {
        var images = _catalogue.Labelled("fashion-sketch", "train", limit: 10).Images;
        using (torch.NewDisposeScope())
            images.Read([0]);
        images.Read([9]).Dispose();
        var before = torch.Tensor.TotalCount;

        for (var i = 0; i < 20; i++)
            images.Read([9, 0]).Dispose();

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Theory, InlineData(-1), InlineData(10)]
    public void Position_outside_the_set_is_refused(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _catalogue.Labelled("fashion-sketch", "train", limit: 10).Images.Read([0, index]));

    [Fact]
    public void Hash_tells_sets_apart_and_a_limit_of_everything_is_no_limit()
    {
        var all = _catalogue.Labelled("emoji-line", "test");
        var hashes = _catalogue.Describe().Select(set => set.Hash).Append(_catalogue.Labelled("emoji-line", "test", limit: 100).Hash)
            .Append(_catalogue.Pairs("fashion-sketch", limit: 100).Hash).Append(_catalogue.Unlabelled("fashion-sketch", limit: 100).Hash).ToArray();

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(all.Hash, _catalogue.Labelled("emoji-line", "test", limit: all.Images.Count).Hash);
        Assert.Equal(all.Hash, new DatasetCatalogue(DataFolder.Committed, DataFolder.Generated).Labelled("emoji-line", "test").Hash);
    }

    [Fact]
    public void Limit_takes_the_first_items()
    {
        var all = _catalogue.Labelled("fashion-sketch", "validation", limit: 40);
        var some = _catalogue.Labelled("fashion-sketch", "validation", limit: 20);
        using var first = all.Images.Read([3, 19]);
        using var same = some.Images.Read([3, 19]);

        Assert.Equal(all.Labels.Take(20), some.Labels);
        Assert.True(first.equal(same).all().item<bool>());
    }

    [Fact]
    public void Set_asked_for_twice_is_the_same_object() =>
        Assert.Same(_catalogue.Pairs("fashion-sketch", limit: 10), _catalogue.Pairs("fashion-sketch", limit: 10));

    [Fact]
    public void Description_lists_every_set_with_its_licence()
    {
        var sets = _catalogue.Describe();

        Assert.Equal(["fashion-sketch unlabelled 8000 0", "fashion-sketch pairs 2500 10000", "fashion-sketch train 0 2000", "fashion-sketch validation 0 2000",
            "fashion-sketch test 0 5000", "emoji-line train 0 834", "emoji-line validation 0 145", "emoji-line test 0 599",
            "impacts unlabelled 7200 0", "impacts pairs 1332 1332", "impacts train 0 2880", "impacts validation 0 1200", "impacts test 0 2880",
            "rooms unlabelled 4000 0", "rooms pairs 795 795", "rooms train 0 795", "rooms validation 0 300", "rooms test 0 654"],
            sets.Select(set => $"{set.Name} {set.Role} {set.Photos} {set.Sketches}"));
        Assert.All(sets, set => Assert.Equal(set.Name switch { "emoji-line" => "CC BY-SA 4.0", "fashion-sketch" => "MIT", "impacts" => "made by this program", _ => "none needed: generated" }, set.Licence));
        Assert.Equal([0, 0, 10, 10, 10, 8, 8, 8, 0, 0, 12, 12, 12, 0, 0, 13, 13, 13], sets.Select(set => set.Classes.Count));
    }

    [Fact]
    public void Unknown_name_or_split_lists_what_exists()
    {
        Assert.Contains("Known: fashion-sketch, emoji-line, impacts.", Message(() => _catalogue.Labelled("sketchy", "train")), StringComparison.Ordinal);
        Assert.Contains("Known: fashion-sketch, impacts, rooms.", Message(() => _catalogue.Pairs("emoji-line")), StringComparison.Ordinal);
        Assert.Contains("Known: fashion-sketch, impacts, rooms.", Message(() => _catalogue.Unlabelled("emoji-line")), StringComparison.Ordinal);
        _catalogue.Pairs("fashion-sketch");
        Assert.Contains("no split \"pairs\"", Message(() => _catalogue.Labelled("fashion-sketch", "pairs")), StringComparison.Ordinal);
        Assert.Contains("no split \"dev\". Its splits: train, validation, test.", Message(() => _catalogue.Labelled("emoji-line", "dev")), StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_the_set_cannot_meet_is_refused_with_what_is_allowed()
    {
        Assert.StartsWith("835 emoji-line/train drawings were asked for; allowed are 8 to 834.", Message(() => _catalogue.Labelled("emoji-line", "train", 835)));
        Assert.StartsWith("9 fashion-sketch/test sketches were asked for; allowed are 10 to 5000.", Message(() => _catalogue.Labelled("fashion-sketch", "test", 9)));
        Assert.StartsWith("0 fashion-sketch photos with pairs were asked for; allowed are 1 to 2500.", Message(() => _catalogue.Pairs("fashion-sketch", 0)));
        Assert.StartsWith("8001 fashion-sketch unlabelled photos", Message(() => _catalogue.Unlabelled("fashion-sketch", 8001)));
    }

    [Fact]
    public void Cut_off_file_is_refused_with_both_hashes_and_the_way_back()
    {
        using var folder = new DataFolder();
        var bytes = File.ReadAllBytes(folder[TrainImages]);
        File.WriteAllBytes(folder[TrainImages], bytes[..1000]);

        var message = Message(() => new DatasetCatalogue(folder.Path, DataFolder.Generated).Labelled("emoji-line", "train"));

        Assert.Contains("train-images.idx.gz is 1,000 bytes", message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes[..1000])), message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), message, StringComparison.Ordinal);
        Assert.Contains("git checkout -- experiments/data/emoji-line/train-images.idx.gz", message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_damaged_after_opening_is_refused_by_the_first_read()
    {
        using var folder = new DataFolder();
        var set = new DatasetCatalogue(folder.Path, DataFolder.Generated).Labelled("emoji-line", "train");
        File.AppendAllText(folder[TrainImages], "x");

        Assert.Throws<DatasetUnavailableException>(() => set.Images.Read([0]));
    }

    [Fact]
    public void Missing_file_is_refused_by_name()
    {
        using var folder = new DataFolder();
        File.Delete(folder[TrainImages]);

        Assert.Contains("train-images.idx.gz cannot be read", Message(() => new DatasetCatalogue(folder.Path, DataFolder.Generated).Labelled("emoji-line", "train")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"count\": 834,", "", "packs.json cannot be read")]                                 // a missing field
    [InlineData("\"count\": 834,", "\"count\": 834, \"size\": 1,", "packs.json cannot be read")]     // an unknown one
    [InlineData("834,\n            32,", "833,\n            32,", "holds [834, 32, 32], packs.json says [833, 32, 32]")]
    [InlineData("train-labels", "training-labels", "does not list emoji-line/train-labels.idx.gz")]
    [InlineData("\"symbols\"", "\"symbols\", \"symbols too\"", null)]                                // more classes than labels is allowed here
    [InlineData(",\n        \"symbols\"", "", "label ")]                                              // a label that is no class
    public void Damaged_manifest_is_refused(string text, string changed, string? found)
    {
        using var folder = new DataFolder();
        var before = File.ReadAllText(folder["packs.json"]);
        var after = before.Replace(text, changed, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        File.WriteAllText(folder["packs.json"], after);
        var catalogue = new DatasetCatalogue(folder.Path, DataFolder.Generated);

        if (found is null)
            Assert.Equal(9, catalogue.Labelled("emoji-line", "train").Classes.Count);
        else
            Assert.Contains(found, Message(() => catalogue.Labelled("emoji-line", "train").Images.Read([0])), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_folder_is_refused_with_the_way_back() =>
        Assert.Contains("git checkout -- experiments/data/packs.json", Message(() => new DatasetCatalogue("no-such-folder", DataFolder.Generated).Describe()), StringComparison.Ordinal);

    private static string Message(Func<object> open) => Assert.Throws<DatasetUnavailableException>(open).Message;
}
