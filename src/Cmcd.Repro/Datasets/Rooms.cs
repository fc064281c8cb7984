using Cmcd.Repro.Datasets.Scenes;

namespace Cmcd.Repro.Datasets;

/// <summary>Ray-cast indoor scenes with depth and 13 classes: the mini tier's stand-in for NYU-Depth V2.</summary>
/// <remarks>
/// Sets share no scene, but for one: the labelled training scenes are those of the pairs, as in the paper. Colour is [3, 64, 64]; depth is
/// one channel repeated to [3, 64, 64], 255 for 10 m and 0 for a hole; labels are [1, 64, 64], a class or <see cref="SegmentedDataset.Void"/>.
/// Scenes are independent of each other, so any prefix is a fair sample.
/// </remarks>
internal sealed class Rooms(GeneratedFolder folder)
{
    public const string Name = "rooms";
    public const string Licence = "none needed: generated";
    public const string Source = "Indoor scenes, furnished and ray-cast by this program (Datasets/Scenes).";

    /// <summary>Scenes of a contact sheet.</summary>
    public const int OnSheet = 24;

    private const byte Nothing = 0;
    private const int Pixels = ScenePainter.Pixels;

    /// <summary>Each part has its own hundred thousand ids. Pairs and train are the same scenes.</summary>
    private static readonly Dictionary<string, (long FirstId, int Count)> Parts = new()
    {
        ["unlabelled"] = (0, 4000),
        ["train"] = (100_000, 795),
        ["validation"] = (200_000, 300),
        ["test"] = (300_000, 654),
    };

    public static IReadOnlyList<string> Classes { get; } = [.. Enum.GetNames<RoomClass>().Select(name => name.ToLowerInvariant())];

    public UnlabelledDataset Unlabelled(int? limit)
    {
        var part = new Part("unlabelled", limit);
        return new(Name, part.Hash, new ResidentImages(part.Count, ScenePainter.Side, ScenePainter.Side, Nothing, () => Colours(part), channels: 3));
    }

    public PairedDataset Pairs(int? limit)
    {
        var part = new Part("train", limit);
        var colours = new ResidentImages(part.Count, ScenePainter.Side, ScenePainter.Side, Nothing, () => Scenes(part)[..(3 * part.Count * Pixels)], channels: 3);
        return new(Name, ContentHash.Of(part.Hash, "colour and depth"), colours, Depths(part), [.. Enumerable.Range(0, part.Count)]);
    }

    /// <param name="split">"train", "validation" or "test".</param>
    /// <param name="limit">Takes the first scenes only; null takes all.</param>
    public SegmentedDataset Segmented(string split, int? limit)
    {
        var part = new Part(split, limit);
        var labels = new ResidentImages(part.Count, ScenePainter.Side, ScenePainter.Side, SegmentedDataset.Void, () => Labels(part));
        return new($"{Name}/{split}", ContentHash.Of(part.Hash, "depth and labels"), Depths(part), labels, Classes);
    }

    /// <summary>Makes all sets that are not on disk.</summary>
    public void Make()
    {
        Colours(new("unlabelled", null));
        foreach (var split in Parts.Keys.Where(part => part != "unlabelled")) Scenes(new(split, null));
    }

    private ResidentImages Depths(Part part) => new(part.Count, ScenePainter.Side, ScenePainter.Side, Nothing, () =>
    {
        var depths = Scenes(part).AsSpan(3 * part.Count * Pixels, part.Count * Pixels);
        var repeated = new byte[3 * depths.Length];
        for (var plane = 0; plane < 3 * part.Count; plane++)
            depths.Slice(plane / 3 * Pixels, Pixels).CopyTo(repeated.AsSpan(plane * Pixels));
        return repeated;
    }, channels: 3);

    private byte[] Labels(Part part)
    {
        var labels = Scenes(part)[(4 * part.Count * Pixels)..];
        LabelMaps.Check($"{Name}/{part.Name}", labels, Pixels, Classes.Count);
        return labels;
    }

    private byte[] Colours(Part part) => folder.Get($"{Name}-{part.Name}", part.Hash, () => ScenePainter.Colours(part.FirstId, part.Count));

    private byte[] Scenes(Part part) => folder.Get($"{Name}-{part.Name}", part.Hash, () => ScenePainter.Scenes(part.FirstId, part.Count));

    /// <summary>The first scenes of one set.</summary>
    private sealed record Part(string Name, long FirstId, int Count)
    {
        public Part(string name, int? limit) : this(name, Parts[name].FirstId, Limit.Apply(limit, Parts[name].Count, 1, $"{Rooms.Name} {name} scenes")) { }

        public string Hash { get; } = ContentHash.Of(Rooms.Name, Name, $"painter {ScenePainter.Version}", $"{ScenePainter.Side} x {ScenePainter.Side}", $"{Count} from {FirstId}");
    }
}
