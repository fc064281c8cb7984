using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Images;
using Cmcd.Repro.Tests.Datasets.Images;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets;

public sealed class PairedFoldersTests : IDisposable
{
    private const int Side = 16;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_paired_by_their_path_without_ending()
    {
        Photo("photos/cats/1.jpg", 1);
        Photo("photos/cats/2.JPG", 2);
        Photo("photos/1.jpeg", 3);
        Sketch("sketches/cats/1.png", 1);
        Sketch("sketches/cats/2.png", 2);
        Sketch("sketches/1.png", 3);
        var pairs = Open().Pairs(null);

        Assert.Equal(3, pairs.Target.Count);
        foreach (var (source, target) in new[] { ("1.jpeg", "1.png"), ("cats/1.jpg", "cats/1.png"), ("cats/2.JPG", "cats/2.png") })
        {
            var place = Contents(pairs.Target).IndexOf(Decoded($"sketches/{target}"));
            Assert.Equal(Decoded($"photos/{source}"), Contents(pairs.Source)[pairs.SourceOfTarget[place]]);
        }

        Assert.Equal((3, Side, 0, 255), (pairs.Source.Channels, pairs.Target.Width, (int)pairs.Source.Background, (int)pairs.Target.Background));
    }

    [Fact]
    public void A_separator_gives_a_source_several_targets_and_a_limit_takes_whole_sources()
    {
        Photo("photos/tea-pot.jpg", 1);
        Photo("photos/zebra.jpg", 2);
        foreach (var name in new[] { "tea-pot-1", "tea-pot-2", "zebra-1", "zebra-10" }) Sketch($"sketches/{name}.png", name.Length + name[^1]);
        var folders = Open(options => options with { Separator = "-" });

        Assert.Equal([0, 0, 1, 1], folders.Pairs(null).SourceOfTarget);
        Assert.Equal([0, 0], folders.Pairs(limit: 1).SourceOfTarget);
        Assert.Equal(Decoded("sketches/tea-pot-2.png"), Contents(folders.Pairs(1).Target)[1]);
        Assert.NotEqual(folders.Pairs(1).Hash, folders.Pairs(null).Hash);
    }

    [Fact]
    public void Unpaired_files_of_both_sides_are_named_in_one_error_with_what_to_do()
    {
        foreach (var name in new[] { "a", "b", "c" }) Photo($"photos/{name}.jpg", name[0]);
        foreach (var name in new[] { "a", "d" }) Sketch($"sketches/{name}.png", name[0]);
        var said = Refusal(() => Open().Pairs(null));

        Assert.Contains("2 of 3 in", said, StringComparison.Ordinal);
        Assert.Contains("have no target (b.jpg, c.jpg)", said, StringComparison.Ordinal);
        Assert.Contains("have no source (d.png)", said, StringComparison.Ordinal);
        Assert.Contains("option List", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_sources_of_one_name_are_told()
    {
        Photo("photos/a.jpg", 1);
        Sketch("photos/a.png", 1);
        Sketch("sketches/a.png", 1);

        Assert.Contains("a.jpg and a.png", Refusal(() => Open().Pairs(null)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_names_the_pairs_and_leaves_other_files_out()
    {
        foreach (var name in new[] { "x", "y", "unused" }) Photo($"photos/{name}.jpg", name[0]);
        foreach (var name in new[] { "one", "two, or so", "three" }) Sketch($"sketches/{name}.png", name.Length);
        File.WriteAllText(_folder.File("list.csv"), "note,target,source\n,one.png,y.jpg\n\"two, quoted\",\"two, or so.png\",y.jpg\n,three.png,x.jpg\n");
        var folders = Open(options => options with { List = _folder.File("list.csv") });
        var pairs = folders.Pairs(null);

        Assert.Equal([0, 0, 1], pairs.SourceOfTarget);
        Assert.Equal([Decoded("photos/y.jpg"), Decoded("photos/x.jpg")], Contents(pairs.Source));
        Assert.Equal(Decoded("sketches/two, or so.png"), Contents(pairs.Target)[1]);
        Assert.Contains(("sources the list does not name", 1), folders.Coverage);
    }

    [Fact]
    public void Every_fault_of_a_list_is_told_at_once()
    {
        Photo("photos/x.jpg", 1);
        Sketch("sketches/one.png", 1);
        File.WriteAllText(_folder.File("list.csv"), "source,target\nx.jpg,one.png\nx.jpg,one.png\nz.jpg,none.png\nx.jpg\n");
        var said = Refusal(() => Open(options => options with { List = _folder.File("list.csv") }).Pairs(null));

        foreach (var part in new[] { "4 faults", "row 2 names target one.png again", "row 3 names z.jpg", "row 3 names none.png", "row 4 has 1 fields, expected 2" })
            Assert.Contains(part, said, StringComparison.Ordinal);

        File.WriteAllText(_folder.File("list.csv"), "photo,sketch\nx.jpg,one.png\n");
        Assert.Contains("must name the columns source and target", Refusal(() => Open(options => options with { List = _folder.File("list.csv") }).Pairs(null)), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Refusal(() => Open(options => options with { List = _folder.File("gone.csv") }).Pairs(null)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_with_an_images_name_is_told_before_anything_is_decoded()
    {
        Good(3);
        Write("photos/1.jpg", "not an image"u8.ToArray());
        var said = Refusal(() => Open().Pairs(null));

        Assert.Contains("1 files are no whole images", said, StringComparison.Ordinal);
        Assert.Contains("begins with the text \"not an image\"", said, StringComparison.Ordinal);
        Assert.Contains("LeaveOut", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("packed")));
    }

    [Fact]
    public void A_cut_image_is_refused_when_it_is_decoded_also_in_the_next_run()
    {
        Good(3);
        Write("sketches/1.png", File.ReadAllBytes(_folder.File("sketches/1.png"))[..^60]);

        for (var run = 0; run < 2; run++) Assert.Contains("1.png", Refusal(() => _ = Open().Pairs(null).Target.Count), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_images_are_left_out_with_their_pairs_where_that_is_asked_for()
    {
        Good(4);
        Write("photos/1.jpg", "not an image"u8.ToArray());
        Write("sketches/3.png", File.ReadAllBytes(_folder.File("sketches/3.png"))[..^60]);
        var folders = Open(options => options with { Broken = BrokenImages.LeaveOut });
        var pairs = folders.Pairs(null);

        Assert.Equal([0, 1], pairs.SourceOfTarget);
        Assert.Equal([Decoded("photos/0.jpg"), Decoded("photos/2.jpg")], Contents(pairs.Source));
        Assert.Equal([Decoded("sketches/0.png"), Decoded("sketches/2.png")], Contents(pairs.Target));
        Assert.Contains(("broken images in Source, left out", 1), folders.Coverage);
        Assert.Equal(2, folders.Prepare().Count);
    }

    [Fact]
    public void Where_every_pair_is_broken_that_is_an_error_and_no_empty_set()
    {
        Good(2);
        foreach (var photo in new[] { 0, 1 }) Write($"photos/{photo}.jpg", "gone"u8.ToArray());

        Assert.Contains("none of 2 pairs", Refusal(() => _ = Open(options => options with { Broken = BrokenImages.LeaveOut }).Pairs(null).Source.Count), StringComparison.Ordinal);
    }

    [Fact]
    public void Labelled_folders_give_their_subfolders_as_classes_in_balanced_rounds()
    {
        foreach (var (name, count) in new[] { ("tea pot", 3), ("zebra", 2) })
            for (var item = 0; item < count; item++) Sketch($"train/{name}/{item}.png", item + name.Length);
        Sketch("test/tea pot/7.png", 7);
        Sketch("test/zebra/deeper/8.png", 8);
        var folders = Open();
        var (train, test) = (folders.Labelled("train", null), folders.Labelled("test", null));

        Assert.Equal(["tea pot", "zebra"], train.Classes);
        Assert.Equal([0, 1, 0, 1, 0], train.Labels);
        Assert.Equal([0, 1], test.Labels);
        Assert.Equal(Decoded("train/zebra/1.png"), Contents(train.Images)[3]);
        Assert.Equal([0, 1, 0], folders.Labelled("train", 3).Labels);
        Assert.Contains(("classes", 2), Open(options => options with { Source = "", Target = "" }).Coverage);
    }

    [Fact]
    public void Splits_with_other_classes_are_told()
    {
        Sketch("train/cat/1.png", 1);
        Sketch("test/dog/1.png", 2);
        Assert.Contains("Only to train: cat; only to test: dog.", Refusal(() => Open().Labelled("train", null)), StringComparison.Ordinal);

        Sketch("train/loose.png", 1);
        Assert.Contains("loose.png lies in", Refusal(() => Open().Labelled("train", null)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "option Source is empty")]
    [InlineData("nowhere", "there is no such folder")]
    [InlineData("texts", "holds no image among 1 files")]
    [InlineData("texts/readme.txt", "there is no such folder")]
    public void A_folder_that_cannot_serve_is_told_with_its_option(string source, string why)
    {
        Good(1);
        Write("texts/readme.txt", "hello"u8.ToArray());
        var said = Refusal(() => Open(options => options with { Source = source.Length == 0 ? "" : _folder.File(source) }).Pairs(null));

        Assert.Contains(why, said, StringComparison.Ordinal);
        Assert.Contains("Source", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_image_changes_the_hash_and_is_decoded_anew()
    {
        Good(2);
        var before = Open().Pairs(null);
        _ = Contents(before.Target);
        Sketch("sketches/1.png", 77);
        var after = Open().Pairs(null);

        Assert.NotEqual(before.Hash, after.Hash);
        Assert.Equal(Decoded("sketches/1.png"), Contents(after.Target)[1]);
    }

    [Fact]
    public void One_channel_and_another_fit_are_options()
    {
        Good(1);
        File.Copy(PillowFixtures.Image("grey-16.png"), _folder.File("photos/0.png"));
        File.Delete(_folder.File("photos/0.jpg"));
        var pairs = Open(options => options with { SourceChannels = 1, Fit = ImageFit.Pad, SourceBackground = 9 }).Pairs(null);
        using var image = pairs.Source.Read([0]);

        // 20 x 24 padded to 24 x 24: 1.33 rows of 16 above and below are background.
        Assert.Equal([1L, 1, Side, Side], image.shape);
        Assert.All(image.bytes.ToArray()[..Side], value => Assert.Equal(9, value));
        Assert.Contains(image.bytes.ToArray()[(2 * Side)..(14 * Side)], value => value > 20);
    }

    [Fact]
    public void Source_images_alone_serve_step_1()
    {
        Good(3);
        var photos = Open(options => options with { Target = "" }).Unlabelled(2);

        Assert.Equal([Decoded("photos/0.jpg"), Decoded("photos/1.jpg")], Contents(photos.Images));
        Assert.Contains("option Target is empty", Refusal(() => Open(options => options with { Target = "" }).Pairs(null)), StringComparison.Ordinal);
    }

    private PairedFolders Open(Func<PairedFoldersOptions, PairedFoldersOptions>? change = null)
    {
        string IfThere(string name) => Directory.Exists(_folder.File(name)) ? _folder.File(name) : "";
        var options = new PairedFoldersOptions { Source = _folder.File("photos"), Target = _folder.File("sketches"), Train = IfThere("train"), Test = IfThere("test"), Side = Side };
        return new("mine", _folder.File("packed"), change?.Invoke(options) ?? options);
    }

    private void Good(int count)
    {
        for (var item = 0; item < count; item++)
        {
            Photo($"photos/{item}.jpg", item);
            Sketch($"sketches/{item}.png", item);
        }
    }

    private void Photo(string file, int item) => Write(file, MirrorImages.Photo(item % 5, item, 24));

    private void Sketch(string file, int item) => Write(file, MirrorImages.Sketch(item % 5, item, 20));

    private void Write(string file, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllBytes(_folder.File(file), content);
    }

    private string Decoded(string file) => Convert.ToHexString(ImageDecoder.Read(_folder.File(file), 3).ResizedTo(Side, Side).ToPlanes());

    private static List<string> Contents(IImageSet images)
    {
        using var read = images.Read([.. Enumerable.Range(0, images.Count)]);
        return [.. read.bytes.ToArray().Chunk(3 * Side * Side).Select(Convert.ToHexString)];
    }

    private static string Refusal(Action action) => Assert.Throws<DatasetUnavailableException>(action).Message;
}
