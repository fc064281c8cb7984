using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Cmcd.Repro.Datasets;

namespace Cmcd.Repro.Tests.Datasets;

/// <summary>The committed packs are what README.md and packs.json say they are.</summary>
public class EmbeddedPacksTests
{
    private static readonly string[] FashionSets = ["unlabelled", "pairs", "train", "validation", "test"];
    private static readonly string[] Splits = ["train", "validation", "test"];

    private readonly PackFolder _packs = new(DataFolder.Committed);

    [Fact]
    public void Every_listed_file_has_its_hash_and_every_file_is_listed()
    {
        var listed = new[] { "fashion-sketch", "emoji-line" }.SelectMany(name => _packs.Pack(name).Files).ToArray();

        foreach (var file in listed)
            _packs.Verified(file);
        var present = Directory.GetDirectories(DataFolder.Committed).SelectMany(Directory.GetFiles)
            .Select(path => Path.GetRelativePath(DataFolder.Committed, path).Replace('\\', '/'));
        Assert.Equal(listed.Select(file => file.Path).Order(), present.Order());
    }

    [Theory]
    [InlineData("unlabelled", 8000), InlineData("pairs", 2500), InlineData("train", 2000), InlineData("validation", 2000), InlineData("test", 5000)]
    public void Fashion_set_has_its_count(string set, int count) =>
        Assert.Equal([count, 28, 28], _packs.Pack("fashion-sketch").File($"{set}-photos.idx.gz").Shape);

    [Fact]
    public void No_photo_occurs_twice_in_or_across_the_fashion_sets()
    {
        var contents = FashionSets.SelectMany(set => Contents("fashion-sketch", $"{set}-photos.idx.gz", 28)).ToArray();

        Assert.Equal(19_500, contents.Length);
        Assert.Equal(contents.Length, contents.Distinct().Count());
    }

    [Theory, InlineData("train"), InlineData("validation"), InlineData("test")]
    public void Every_round_of_ten_fashion_labels_holds_each_class_once(string split)
    {
        var labels = _packs.Read(_packs.Pack("fashion-sketch").File($"{split}-labels.idx.gz"));

        Assert.All(labels.Chunk(10), round => Assert.Equal(Enumerable.Range(0, 10), round.Select(label => (int)label).Order()));
        Assert.True(labels.Chunk(10).Select(round => round[0]).Distinct().Count() == 10, "classes keep one place in each round");
    }

    [Fact]
    public void No_emoji_drawing_occurs_twice_in_or_across_the_splits()
    {
        var contents = Splits.SelectMany(split => Contents("emoji-line", $"{split}-images.idx.gz", 32)).ToArray();

        Assert.Equal(1578, contents.Length);
        Assert.Equal(contents.Length, contents.Distinct().Count());
    }

    [Fact]
    public void Emoji_concepts_never_straddle_the_splits() =>
        Assert.All(Items().GroupBy(item => item["concept"]), concept => Assert.Single(concept.Select(item => item["split"]).Distinct()));

    /// <summary>An oracle of its own: nothing of the script's concept names is used.</summary>
    [Theory]
    [InlineData("firefighter"), InlineData("family:"), InlineData("kiss:"), InlineData("holding hands"), InlineData("o’clock")]
    [InlineData("in manual wheelchair"), InlineData("in motorized wheelchair"), InlineData("juggling"), InlineData("Claus")]
    public void Variants_of_a_drawing_stand_in_one_split(string words)
    {
        var variants = Items().Where(item => item["annotation"].Contains(words, StringComparison.Ordinal)).ToArray();

        Assert.True(variants.Length > 1);
        Assert.Single(variants.Select(item => item["split"]).Distinct());
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Near_copies_of_an_emoji_drawing_stand_in_one_split(bool isMirrored)
    {
        var splits = Splits.Select(split => _packs.Read(_packs.Pack("emoji-line").File($"{split}-images.idx.gz")).Chunk(32 * 32).ToArray()).ToArray();
        var normal = splits.Select(split => split.Select(image => Normalised(image, false)).ToArray()).ToArray();
        var other = splits.Select(split => split.Select(image => Normalised(image, isMirrored)).ToArray()).ToArray();

        var closest = (from a in Enumerable.Range(0, 3)
                       from b in Enumerable.Range(a + 1, 2 - a)
                       from one in normal[a]
                       select other[b].Max(two => Product(one, two))).Max();
        Assert.InRange(closest, 0.5, 0.9001);
    }

    [Fact]
    public void Emoji_table_agrees_with_the_labels_and_the_first_round_holds_each_class()
    {
        var pack = _packs.Pack("emoji-line");
        foreach (var split in Splits)
        {
            var groups = Items().Where(item => item["split"] == split).Select(item => item["group"]).ToArray();
            var labels = _packs.Read(pack.File($"{split}-labels.idx.gz"));

            Assert.Equal(groups, labels.Select(label => pack.Classes[label]));
            Assert.Equal(8, groups.Take(8).Distinct().Count());
        }
    }

    [Theory, InlineData("train", 834), InlineData("validation", 145), InlineData("test", 599)]
    public void Emoji_split_has_its_count(string split, int count) =>
        Assert.Equal([count, 32, 32], _packs.Pack("emoji-line").File($"{split}-images.idx.gz").Shape);

    private static Dictionary<string, string>[] Items()
    {
        var rows = File.ReadLines(Path.Combine(DataFolder.Committed, "emoji-line", "items.csv"))
            .Select(line => Regex.Matches(line, """(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))""").Select(cell => cell.Groups[1].Value + cell.Groups[2].Value).ToArray())
            .ToArray();
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private static float[] Normalised(byte[] image, bool isMirrored)
    {
        var mean = image.Average(value => (float)value);
        var rows = image.Chunk(32).SelectMany(row => isMirrored ? row.Reverse() : row).Select(value => value - mean).ToArray();
        var length = MathF.Sqrt(rows.Sum(value => value * value));
        return [.. rows.Select(value => value / length)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]       // 700,000 calls before the runtime would optimise it
    private static float Product(float[] one, float[] two)
    {
        var sum = Vector<float>.Zero;
        for (var i = 0; i < one.Length; i += Vector<float>.Count)
            sum += new Vector<float>(one, i) * new Vector<float>(two, i);
        return Vector.Sum(sum);
    }

    private IEnumerable<string> Contents(string pack, string file, int side) =>
        _packs.Read(_packs.Pack(pack).File(file)).Chunk(side * side).Select(image => Convert.ToHexString(SHA256.HashData(image)));
}
