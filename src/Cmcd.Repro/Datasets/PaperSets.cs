using Cmcd.Repro.Datasets.Download;

namespace Cmcd.Repro.Datasets;

/// <summary>The paper's own data, and a user's own pairs: what each needs on disk, and its loader, opened once for each choice of options.</summary>
/// <remarks>It never fetches. Adding a set: its loader, its name here, an arm in each method that can open it.</remarks>
/// <param name="cache">The cache folder: fetched sources lie in it, and decoded sets are kept in it.</param>
/// <param name="sourcesFile">The catalogue of sources.</param>
/// <param name="imageNet">Folder of ImageNet's validation set, a folder a class; null if the user has none.</param>
/// <param name="progress">Told what is decoded, how many items are done, and of how many.</param>
/// <param name="nominal">Sets of the paper's sizes without content, whatever is on disk: to plan with.</param>
public sealed class PaperSets(string cache, string sourcesFile, string? imageNet = null, Action<string, int, int>? progress = null, bool nominal = false)
{
    private readonly Dictionary<string, object> _loaders = [];
    private readonly Lazy<SourceCatalogue> _sources = new(() => SourceCatalogue.Read(sourcesFile));
    private readonly Lazy<LabelledDataset?> _validation = new(() => imageNet is null ? null : ImageNetValidation.Open(imageNet));

    /// <summary>A user's own pairs.</summary>
    public const string Own = "paired-folders";

    /// <summary>Every set that can be opened here.</summary>
    public static IReadOnlyList<string> Names { get; } = [Sketchy.Name, TuBerlin.Name, NyuDepth.Name, VggSound.Name, Own];

    /// <inheritdoc cref="DatasetCatalogue.Validation"/>
    public LabelledDataset? Validation => _validation.Value;

    private string Packed => Path.Combine(cache, "datasets", "decoded");

    /// <summary>Options as one text, equal for equal options.</summary>
    internal static string Text(IReadOnlyDictionary<string, string>? options) =>
        string.Join(';', (options ?? new Dictionary<string, string>()).OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}"));

    /// <summary>The source side of a set's pairs; null if it has none.</summary>
    internal UnlabelledDataset? Unlabelled(string name, IReadOnlyDictionary<string, string>? options, int? limit) =>
        !nominal && Loader(name, options) is PairedFolders folders ? folders.Unlabelled(limit)
        : Pairs(name, options, limit) is { } pairs ? new(name, ContentHash.Of(pairs.Hash, "source side"), pairs.Source)
        : null;

    /// <summary>Null if the set has no pairs.</summary>
    internal PairedDataset? Pairs(string name, IReadOnlyDictionary<string, string>? options, int? limit) => nominal ? NominalSets.Pairs(name, limit) : Loader(name, options) switch
    {
        Sketchy sketchy => sketchy.Pairs(limit),
        NyuDepth nyu => nyu.Pairs(limit),
        VggSound sound => sound.Pairs(limit),
        PairedFolders folders => folders.Pairs(limit),
        _ => null,
    };

    /// <summary>Null if the set has no labels.</summary>
    internal LabelledDataset? Labelled(string name, string split, IReadOnlyDictionary<string, string>? options, int? limit) => nominal ? NominalSets.Labelled(name, Split(name, split), limit) : Loader(name, options) switch
    {
        Sketchy sketchy => sketchy.Labelled(Split(name, split), limit),
        TuBerlin drawings => drawings.Labelled(Split(name, split), limit),
        VggSound sound => sound.Labelled(Split(name, split), limit),
        PairedFolders folders => folders.Labelled(Split(name, split), limit),
        _ => null,
    };

    /// <summary>Null if the set has no label maps.</summary>
    internal SegmentedDataset? Segmented(string name, string split, IReadOnlyDictionary<string, string>? options, int? limit) =>
        nominal ? NominalSets.Segmented(name, Split(name, split), limit) : Loader(name, options) is NyuDepth nyu ? nyu.Segmented(Split(name, split), limit) : null;

    /// <inheritdoc cref="DatasetCatalogue.Weights"/>
    internal ImportedWeights Weights(string name)
    {
        if (Source(name) is not { } source) return WeightsAt(name);
        if (nominal) return new(name, "", ContentHash.Of("nominal", name), source.HeadTop1);
        var folder = new PaperDataFolder(cache).Require(source)[0];
        var files = folder.Receipts.Values.OrderBy(receipt => receipt.Name, StringComparer.Ordinal).ToArray();
        return new(
            name, folder[(files.FirstOrDefault(file => file.Name.EndsWith(".index", StringComparison.Ordinal)) ?? files[0]).Name],
            ContentHash.Of([name, .. files.Select(file => $"{file.Name} {file.Digest.Sha256}")]), source.HeadTop1);
    }

    /// <inheritdoc cref="DatasetCatalogue.Missing"/>
    internal string? Missing(string name)
    {
        if (nominal || Source(name) is not { } source) return null;
        try
        {
            new PaperDataFolder(cache).Require(source);
            return null;
        }
        catch (DatasetMissingException)
        {
            return $"{source.Title.Split(':')[0]} is not here: ./build.sh --target=Datasets --name={source.Name} fetches it or says how to get it";
        }
    }

    /// <summary>Everything that these sets lack, each with its remedy.</summary>
    /// <exception cref="DatasetMissingException">Something is missing.</exception>
    internal void Require(IEnumerable<string> names) => new PaperDataFolder(cache).Require([.. names.Distinct().Select(Source).OfType<DatasetSource>()]);

    /// <summary>Bytes that a set's decoded items take at its default options, by the printed sizes; 0 for weights.</summary>
    public static double DecodedBytes(string name) => name switch
    {
        Sketchy.Name => (12_500 * 3.0 * 256 * 256) + (75_481 * 1.0 * 256 * 256),
        TuBerlin.Name => 20_000 * 1.0 * 256 * 256,
        NyuDepth.Name => 1_449 * 640.0 * 480 * 5,                                  // colour, depth, labels
        VggSound.Name => (4_625 * 12 * 3.0 * 256 * 256) + (24_625 * 1.0 * 256 * 256),
        _ => 0,
    };

    /// <summary>Terms and receipts of the sources behind these sets, for the manifest.</summary>
    public IReadOnlyList<SourceTerms> Terms(IEnumerable<string> names) =>
        [.. from name in names.Distinct()
            let source = Source(name)
            where source is not null && Missing(name) is null
            from folder in new PaperDataFolder(cache).Require(source)
            select new SourceTerms(
                source.Name, source.Title, source.Licence, source.Citation,
                [.. folder.Receipts.Values.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Name}: {file.Digest.Bytes} bytes, SHA-256 {file.Digest.Sha256}, checked against {file.CheckedAgainst}")])];

    /// <summary>What is in a set beside what is used of it; opens it.</summary>
    public IReadOnlyList<(string Name, int Count)> Coverage(string name, IReadOnlyDictionary<string, string>? options) => Loader(name, options) switch
    {
        Sketchy sketchy => sketchy.Coverage,
        TuBerlin drawings => drawings.Coverage,
        NyuDepth nyu => nyu.Coverage,
        VggSound sound => sound.Coverage,
        PairedFolders folders => folders.Coverage,
        _ => [],
    };

    private object? Loader(string name, IReadOnlyDictionary<string, string>? options)
    {
        if (!Names.Contains(name)) return null;
        var key = $"{name} {Text(options)}";
        if (_loaders.TryGetValue(key, out var known)) return known;
        return _loaders[key] = name switch
        {
            Sketchy.Name => new Sketchy(Folder, Packed, DatasetOptions.Bind<SketchyOptions>(name, options), progress),
            TuBerlin.Name => new TuBerlin(Folder, Packed, DatasetOptions.Bind<TuBerlinOptions>(name, options), progress),
            NyuDepth.Name => new NyuDepth(Folder, Packed, DatasetOptions.Bind<NyuDepthOptions>(name, options), progress),
            VggSound.Name => new VggSound(Folder, Packed, DatasetOptions.Bind<VggSoundOptions>(name, options), progress),
            _ => new PairedFolders(name, Packed, DatasetOptions.Bind<PairedFoldersOptions>(name, options), progress),
        };

        DatasetFolder Folder() => new PaperDataFolder(cache).Require(Source(name)!)[0];
    }

    /// <summary>The source behind a set or weights; null for a user's own.</summary>
    internal DatasetSource? Source(string name) => _sources.Value.Sources.FirstOrDefault(source => source.Name == name);

    private static string Split(string name, string split) => split is "train" or "test" ? split
        : throw new DatasetUnavailableException($"Dataset {name} has no split \"{split}\". Its splits: train, test. The paper has no validation split either; choose a design on the mini tier.");

    private static ImportedWeights WeightsAt(string path)
    {
        var stem = path.EndsWith(".index", StringComparison.Ordinal) ? path[..^".index".Length] : path;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string[] files = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, Path.GetFileName(stem) + "*").Order(StringComparer.Ordinal)] : [];
        return files.Length > 0
            ? new(path, path, ContentHash.Of([.. files.Select(file => $"{Path.GetFileName(file)} {FileDigest.Of(file).Sha256}")]), null)
            : throw new DatasetUnavailableException($"There are no weights \"{path}\": it is no source of sources.json, and no file of that name is in {folder}. Give a source, or the path of a .pth, .safetensors or .index file.");
    }
}
