using Cmcd.Repro.Datasets.Impacts;
using Cmcd.Repro.Datasets.Sketches;

namespace Cmcd.Repro.Datasets;

/// <summary>Every dataset by name. Opening one checks its files; its images are read or drawn only when first asked for.</summary>
/// <remarks>
/// A set asked for twice is the same object, so that its sketches are drawn once. Adding a dataset: one file in this room, one arm in
/// each method that can open it, one entry in the list of its role.
/// </remarks>
public sealed class DatasetCatalogue
{
    private static readonly string[] WithPairs = [FashionSketch.Name, ImpactClips.Name, Rooms.Name];
    private static readonly string[] WithLabels = [FashionSketch.Name, EmojiLine.Name, ImpactClips.Name];
    private static readonly string[] WithMaps = [Rooms.Name];
    private static readonly string[] WithSheet = [.. WithLabels, .. WithMaps];
    private static readonly string[] Splits = ["train", "validation", "test"];

    private readonly FashionSketch _fashion;
    private readonly EmojiLine _emoji;
    private readonly ImpactClips _impacts;
    private readonly Rooms _rooms;
    private readonly PaperSets? _paper;
    private readonly Dictionary<(Type Kind, string Role, string Name, string Options, int? Limit), object> _opened = [];

    /// <param name="dataFolder">The folder of packs.json (experiments/data).</param>
    /// <param name="generatedFolder">Where generated sets are kept.</param>
    /// <param name="paper">The paper's own data; absent: none of it is known.</param>
    public DatasetCatalogue(string dataFolder, string generatedFolder, PaperSets? paper = null)
    {
        _paper = paper;
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        ArgumentException.ThrowIfNullOrEmpty(generatedFolder);
        var packs = new PackFolder(dataFolder);
        _fashion = new(packs, new SketchStyle());
        _emoji = new(packs);
        var generated = new GeneratedFolder(generatedFolder);
        _impacts = new(generated, new RecordingStyle());
        _rooms = new(generated);
    }

    /// <summary>Photos, or frames, for step 1.</summary>
    /// <param name="name">"fashion-sketch", "impacts" or "rooms", or one of <see cref="PaperSets.Names"/> with pairs: their source side.</param>
    /// <param name="limit">Takes the first photos only; null takes all.</param>
    /// <param name="options">Its open choices, by name; null takes the defaults.</param>
    /// <exception cref="DatasetUnavailableException">No such dataset or option, a damaged file, or a limit the set cannot meet.</exception>
    public UnlabelledDataset Unlabelled(string name, int? limit = null, IReadOnlyDictionary<string, string>? options = null) => Open("unlabelled", name, options, limit, () => name switch
    {
        FashionSketch.Name => _fashion.Unlabelled(limit),
        ImpactClips.Name => _impacts.Unlabelled(limit),
        Rooms.Name => _rooms.Unlabelled(limit),
        _ when _paper?.Unlabelled(name, options, limit) is { } images => images,
        _ => throw Unknown(name, "unlabelled photos", WithPairs),
    });

    /// <summary>Photos with their sketches, clips with their sound, or colour with depth, for step 2.</summary>
    /// <param name="name">"fashion-sketch", "impacts" or "rooms".</param>
    /// <param name="limit">Takes the first photos only, each with all its partners; null takes all.</param>
    /// <param name="options">Its open choices, by name; null takes the defaults.</param>
    /// <exception cref="DatasetUnavailableException">No such dataset or option, a damaged file, or a limit the set cannot meet.</exception>
    public PairedDataset Pairs(string name, int? limit = null, IReadOnlyDictionary<string, string>? options = null) => Open("pairs", name, options, limit, () => name switch
    {
        FashionSketch.Name => _fashion.Pairs(limit),
        ImpactClips.Name => _impacts.Pairs(limit),
        Rooms.Name => _rooms.Pairs(limit),
        _ when _paper?.Pairs(name, options, limit) is { } pairs => pairs,
        _ => throw Unknown(name, "pairs", WithPairs),
    });

    /// <summary>Labelled sketches, or sounds, for step 3.</summary>
    /// <param name="name">"fashion-sketch", "emoji-line" or "impacts".</param>
    /// <param name="split">"train", "validation" or "test".</param>
    /// <param name="limit">Takes the first items only, at least one per class; null takes all.</param>
    /// <param name="options">Its open choices, by name; null takes the defaults.</param>
    /// <exception cref="DatasetUnavailableException">No such dataset, option or split, a damaged file, or a limit the set cannot meet.</exception>
    public LabelledDataset Labelled(string name, string split, int? limit = null, IReadOnlyDictionary<string, string>? options = null) => Open(split, name, options, limit, () =>
    {
        if (_paper?.Labelled(name, split, options, limit) is { } set) return set;
        if (!WithLabels.Contains(name))
            throw Unknown(name, "labels", WithLabels);
        RequireSplit(name, split);
        return name switch
        {
            EmojiLine.Name => _emoji.Labelled(split, limit),
            ImpactClips.Name => _impacts.Labelled(split, limit),
            _ => _fashion.Labelled(split, limit),
        };
    });

    /// <summary>Depth images with a class for each pixel, for step 3.</summary>
    /// <param name="name">"rooms".</param>
    /// <param name="split">"train", "validation" or "test".</param>
    /// <param name="limit">Takes the first items only; null takes all.</param>
    /// <param name="options">Its open choices, by name; null takes the defaults.</param>
    /// <exception cref="DatasetUnavailableException">No such dataset, option or split, or a limit the set cannot meet.</exception>
    public SegmentedDataset Segmented(string name, string split, int? limit = null, IReadOnlyDictionary<string, string>? options = null) => Open(split, name, options, limit, () =>
    {
        if (_paper?.Segmented(name, split, options, limit) is { } set) return set;
        if (!WithMaps.Contains(name))
            throw Unknown(name, "label maps", WithMaps);
        RequireSplit(name, split);
        return _rooms.Segmented(split, limit);
    });

    /// <summary>Published weights that are here.</summary>
    /// <param name="name">A source of sources.json, or the path of a weight file.</param>
    /// <exception cref="DatasetUnavailableException">They are missing, or changed.</exception>
    public ImportedWeights Weights(string name) => _paper?.Weights(name) ?? throw Unknown(name, "weights", []);

    /// <summary>ImageNet's validation set, on which imported weights are tried; null if the user gave none.</summary>
    public LabelledDataset? Validation => _paper?.Validation;

    /// <summary>Why the files of a paper dataset, or of published weights, are not here; null if they are, or if it is none of the paper's.</summary>
    public string? Missing(string name) => _paper?.Missing(name);

    /// <summary>Requires that the paper's sets and weights among these names are here.</summary>
    /// <exception cref="DatasetMissingException">Some are not: all of them, each with its remedy.</exception>
    public void Require(IEnumerable<string> names) => _paper?.Require(names);

    /// <summary>Terms and receipts of the sources behind those of these sets and weights that are here.</summary>
    public IReadOnlyList<SourceTerms> Terms(IEnumerable<string> names) => _paper?.Terms(names) ?? [];

    /// <summary>Makes every generated set that is not on disk; a set that is missing later is made when it is first read.</summary>
    /// <exception cref="DatasetUnavailableException">The folder cannot be written.</exception>
    public void Generate()
    {
        _impacts.Make();
        _rooms.Make();
    }

    /// <summary>Every set that can be opened, in a fixed order. Checks all files, draws nothing.</summary>
    /// <exception cref="DatasetUnavailableException">A file is missing or damaged.</exception>
    public IReadOnlyList<DatasetDescription> Describe()
    {
        var photos = Unlabelled(FashionSketch.Name);
        var pairs = Pairs(FashionSketch.Name);
        var (scenes, scenePairs) = (Unlabelled(Rooms.Name), Pairs(Rooms.Name));
        var (fashion, emoji) = (_fashion.Pack, _emoji.Pack);
        var (frames, clips) = (Unlabelled(ImpactClips.Name), Pairs(ImpactClips.Name));
        return
        [
            new(photos.Name, "unlabelled", photos.Images.Count, 0, [], fashion.Licence, fashion.Source, photos.Hash),
            new(pairs.Name, "pairs", pairs.Source.Count, pairs.Target.Count, [], fashion.Licence, fashion.Source, pairs.Hash),
            .. from pack in new[] { fashion, emoji }
               from split in Splits
               let set = Labelled(pack.Name, split)
               select new DatasetDescription(pack.Name, split, 0, set.Images.Count, set.Classes, pack.Licence, pack.Source, set.Hash),
            new(frames.Name, "unlabelled", frames.Images.Count, 0, [], ImpactClips.Licence, ImpactClips.Source, frames.Hash),
            new(clips.Name, "pairs", clips.Source.Count, clips.Target.Count, [], ImpactClips.Licence, ImpactClips.Source, clips.Hash),
            .. from split in Splits
               let set = Labelled(ImpactClips.Name, split)
               select new DatasetDescription(ImpactClips.Name, split, 0, set.Images.Count, set.Classes, ImpactClips.Licence, ImpactClips.Source, set.Hash),
            new(Rooms.Name, "unlabelled", scenes.Images.Count, 0, [], Rooms.Licence, Rooms.Source, scenes.Hash),
            new(Rooms.Name, "pairs", scenePairs.Source.Count, scenePairs.Target.Count, [], Rooms.Licence, Rooms.Source, scenePairs.Hash),
            .. from split in Splits
               let set = Segmented(Rooms.Name, split)
               select new DatasetDescription(Rooms.Name, split, 0, set.Images.Count, set.Classes, Rooms.Licence, Rooms.Source, set.Hash),
        ];
    }

    /// <summary>Draws a page of examples to look at: photos beside their sketches, drawings by class, clips beside their sound, or scenes with depth and labels.</summary>
    /// <param name="name">"fashion-sketch", "emoji-line", "impacts" or "rooms".</param>
    /// <param name="path">The PNG to write.</param>
    /// <exception cref="DatasetUnavailableException">No such dataset or a damaged file.</exception>
    public void WriteContactSheet(string name, string path)
    {
        var sheet = name switch
        {
            FashionSketch.Name => ContactSheet.Of(_fashion, Labelled(name, "train")),
            EmojiLine.Name => ContactSheet.Of(Labelled(name, "train")),
            ImpactClips.Name => ContactSheet.Of(Pairs(name, ContactSheet.ClipsPerClass * ImpactClips.Classes.Count), ImpactClips.Classes.Count),
            Rooms.Name => ContactSheet.Of(Pairs(name, Rooms.OnSheet), Segmented(name, "train", Rooms.OnSheet)),
            _ => throw Unknown(name, "contact sheet", WithSheet),
        };
        sheet.Write(path);
    }

    private T Open<T>(string role, string name, IReadOnlyDictionary<string, string>? options, int? limit, Func<T> open) where T : class
    {
        if (options is { Count: > 0 } && !PaperSets.Names.Contains(name))
            throw new DatasetUnavailableException($"Dataset {name} has no options, its role in the tier file gives {string.Join(", ", options.Keys)}. Leave them out. Sets with options: {string.Join(", ", PaperSets.Names)}.");
        var key = (typeof(T), role, name, PaperSets.Text(options), limit);
        if (!_opened.TryGetValue(key, out var set))
            _opened[key] = set = open();
        return (T)set;
    }

    private static void RequireSplit(string name, string split)
    {
        if (!Splits.Contains(split))
            throw new DatasetUnavailableException($"Dataset {name} has no split \"{split}\". Its splits: {string.Join(", ", Splits)}.");
    }

    private DatasetUnavailableException Unknown(string name, string what, string[] known) =>
        new($"There is no dataset \"{name}\" with {what}. Known: {string.Join(", ", known.Concat(_paper is null ? [] : PaperSets.Names))}.");
}
