using Cmcd.Repro.Datasets.Formats;
using Cmcd.Repro.Datasets.Images;
using Cmcd.Repro.Datasets.Nyu;

namespace Cmcd.Repro.Datasets;

/// <summary>NYU-Depth V2, labelled part: 1,449 indoor images with depth and a class for each pixel.</summary>
/// <remarks>
/// Colour is [3, 480, 640]; depth is one channel, repeated to three unless the options say otherwise; labels are [1, 480, 640], a class or <see cref="SegmentedDataset.Void"/>.
/// The authors' split: 795 images train, 654 test; the pairs are the training images, as in the paper. Items are in the order of the file, neighbours often show one room.
/// Every image is unpacked once, from a file of 3 GB that is read item by item. Colour is resized with antialiasing, depth and labels by nearest neighbour, after the cut.
/// </remarks>
/// <param name="folder">The checked data; asked for on first use.</param>
/// <param name="packed">Where unpacked images are kept.</param>
/// <param name="options">What the paper leaves open.</param>
/// <param name="progress">Told what is unpacked, how many are done, and of how many.</param>
internal sealed class NyuDepth(Func<DatasetFolder> folder, string packed, NyuDepthOptions options, Action<string, int, int>? progress)
{
    public const string Name = "nyu-depth-v2";
    public const string Data = "nyu_depth_v2_labeled.mat";

    internal const string ImagesVariable = "images", LabelsVariable = "labels";

    /// <summary>Raised when the same file gives other bytes.</summary>
    private const int Version = 1;
    private const byte Nothing = 0;

    private static readonly string[] Splits = ["train", "test"];

    private readonly Lazy<NyuFiles> _files = new(() => NyuFiles.Open(folder(), options));
    private readonly Dictionary<string, Lazy<PackedItems>> _packs = [];

    /// <summary>Counts of what the files hold, for the Datasets command; reads no image.</summary>
    /// <exception cref="DatasetUnavailableException">A file is missing or damaged.</exception>
    public IReadOnlyList<(string Name, int Count)> Coverage
    {
        get
        {
            var (files, classes) = (_files.Value, _files.Value.Classes);
            using var mat = Mat73.Open(files.Path);
            var (names, scenes) = (mat.Texts("names"), mat.Texts("scenes"));
            HashSet<string> Seen(IEnumerable<int> images) => [.. images.Where(image => image < scenes.Count).Select(image => scenes[image])];
            return
            [
                ("images (published: 1,449)", files.Images),
                ("training images (published: 795)", files.Split.Train.Count),
                ("test images (published: 654)", files.Split.Test.Count),
                ("images in neither split", files.Images - files.Split.Train.Count - files.Split.Test.Count),
                ("scenes", scenes.Distinct().Count()),
                ("scenes with training and with test images", Seen(files.Split.Train).Intersect(Seen(files.Split.Test)).Count()),
                ("classes", classes.Names.Count),
                ("label names (published: 894)", names.Count),
                ("label names mapped to otherstructure (published: 68)", classes.IdsOf(38)),
                ("label names mapped to otherfurniture (published: 82)", classes.IdsOf(39)),
                ("label names mapped to otherprop (published: 707)", classes.IdsOf(40)),
                ("label names that differ between the data and the class map", Math.Abs(names.Count - classes.IdNames.Count) + names.Zip(classes.IdNames).Count(pair => pair.First != pair.Second)),
            ];
        }
    }

    /// <summary>The training images, colour with depth.</summary>
    /// <param name="limit">Takes the first images only; null takes all.</param>
    /// <exception cref="DatasetUnavailableException">A file is missing or damaged, or there are fewer images.</exception>
    public PairedDataset Pairs(int? limit)
    {
        var part = PartOf("train", limit);
        return new(
            Name, ContentHash.Of(ColourHash, DepthHash, "colour and depth", $"{part.Length}"), Colours(part.Length), Depths(part), [.. Enumerable.Range(0, part.Length)]);
    }

    /// <summary>Depth with a class for each pixel.</summary>
    /// <param name="split">"train" or "test".</param>
    /// <param name="limit">Takes the first images only; null takes all.</param>
    /// <exception cref="DatasetUnavailableException">There is no such split, a file is missing or damaged, or there are fewer images.</exception>
    public SegmentedDataset Segmented(string split, int? limit)
    {
        var part = PartOf(split, limit);
        return new($"{Name}/{split}", ContentHash.Of(DepthHash, LabelHash, _files.Value.SplitHash, split, $"{part.Length}"), Depths(part), Labels(part), _files.Value.Classes.Names);
    }

    internal static string DepthVariable(NyuDepthMap map) => map == NyuDepthMap.Raw ? "rawDepths" : "depths";

    private string ColourHash => HashOf("colour", Height, Width, _files.Value.SplitHash);

    private string DepthHash => HashOf("depth", Height, Width, $"{options.Depth}", $"{options.Encoding}");

    private string LabelHash => HashOf("labels", LabelHeight, LabelWidth, $"{options.Classes}", _files.Value.MapHash);

    private int Height => Size(options.Height, _files.Value.Window.Height, nameof(options.Height));

    private int Width => Size(options.Width, _files.Value.Window.Width, nameof(options.Width));

    private int LabelHeight => Size(options.LabelHeight, _files.Value.Window.Height, nameof(options.LabelHeight));

    private int LabelWidth => Size(options.LabelWidth, _files.Value.Window.Width, nameof(options.LabelWidth));

    private int[] PartOf(string split, int? limit)
    {
        if (!Splits.Contains(split)) throw new DatasetUnavailableException($"Dataset {Name} has no split \"{split}\". Its splits: {string.Join(", ", Splits)}.");
        var all = split == "train" ? _files.Value.Split.Train : _files.Value.Split.Test;
        return [.. all.Take(Limit.Apply(limit, all.Count, 1, $"{Name} {split} images"))];
    }

    private PackedImages Colours(int count)
    {
        var (window, train, height, width) = (_files.Value.Window, _files.Value.Split.Train, Height, Width);
        var items = Packed("colour", ColourHash, train.Count, 3 * height * width, ImagesVariable, train, item =>
        {
            var part = window.Cut(item, 3, value => (byte)value);
            return (height, width) == (window.Height, window.Width) ? part : TriangleResize.Planar(part, 3, window.Height, window.Width, height, width);
        });
        return new(items, [.. Enumerable.Range(0, count)], height, width, Nothing, channels: 3);
    }

    private IImageSet Depths(int[] part)
    {
        var (window, height, width, encoding) = (_files.Value.Window, Height, Width, options.Encoding);
        var items = Packed("depth", DepthHash, _files.Value.Images, height * width, DepthVariable(options.Depth), null, item =>
            window.Nearest(window.Cut(item, 1, metres => DepthPixels.Of(metres, encoding)), height, width));
        var grey = new PackedImages(items, part, height, width, Nothing);
        return DepthPixels.Channels(encoding) is > 1 and var channels ? new RepeatedChannel(grey, channels) : grey;
    }

    private PackedImages Labels(int[] part)
    {
        var (window, classes, height, width) = (_files.Value.Window, _files.Value.Classes, LabelHeight, LabelWidth);
        var items = Packed("labels", LabelHash, _files.Value.Images, height * width, LabelsVariable, null, item => window.Nearest(window.Cut(item, 1, classes.ClassOf), height, width));
        return new(items, part, height, width, SegmentedDataset.Void);
    }

    /// <summary>The items of one variable, unpacked once. Sets of the same items share the file.</summary>
    private Lazy<PackedItems> Packed(string kind, string hash, int count, int bytes, string variable, IReadOnlyList<int>? images, Func<float[], byte[]> decode)
    {
        if (_packs.TryGetValue(kind, out var known)) return known;
        return _packs[kind] = new(() =>
        {
            using var mat = Mat73.Open(_files.Value.Path);
            var items = mat.Items(variable);
            return PackedItems.Open(
                packed, $"{Name}-{kind}", hash, count, bytes, item => decode(items.Read(images is null ? item : images[item])), done => progress?.Invoke($"{Name} {kind}", done, count));
        });
    }

    private string HashOf(string kind, int height, int width, params ReadOnlySpan<string> parts) => ContentHash.Of(
        [Name, $"decoder {Version}", kind, _files.Value.DataHash, $"{options.Border}", $"{height} x {width}", .. parts]);

    private static int Size(int asked, int own, string option)
    {
        OptionCheck.Require(asked is >= 0 and <= 4096, Name, option, asked, $"1 to 4096 pixels, or 0 for the images' own {own}");
        return asked == 0 ? own : asked;
    }
}
