using Cmcd.Repro.Datasets.Images;

namespace Cmcd.Repro.Datasets;

/// <summary>A researcher's own pairs: two folders of images for steps 1 and 2, labelled folders for step 3.</summary>
/// <remarks>Images are [1 or 3, Side, Side]. Several targets may show one source. Labelled items come in rounds of one a class, so that any prefix is balanced; pairs in the order of the source's names, or of the list.</remarks>
/// <param name="name">As the tier calls it; stands in messages and results.</param>
/// <param name="packed">Where decoded images are kept.</param>
/// <param name="options">Where the images lie.</param>
/// <param name="progress">Told what is decoded, how many are done and how many there are.</param>
internal sealed class PairedFolders(string name, string packed, PairedFoldersOptions options, Action<string, int, int>? progress = null)
{
    private readonly Dictionary<string, (ImageFolder Folder, ImagePack Pack)> _opened = [];

    /// <summary>Counts of what the folders hold; broken images stand in it once they were decoded.</summary>
    public IReadOnlyList<(string Name, int Count)> Coverage => [.. CoverageLines()];

    /// <summary>The source images, for step 1.</summary>
    /// <param name="limit">Takes the first only; null takes all.</param>
    /// <exception cref="DatasetUnavailableException">The folder is missing, empty or holds what is no image, or the limit cannot be met.</exception>
    public UnlabelledDataset Unlabelled(int? limit)
    {
        var (folder, pack) = Sources;
        var count = Limit.Apply(limit, folder.Files.Count, 1, $"{name} source images");
        var images = pack.Images(new DeferredList(() => [.. Enumerable.Range(0, count).Where(pack.IsPresent)]));
        return new(name, ContentHash.Of("unlabelled", pack.Hash, $"{count}"), images);
    }

    /// <summary>Sources with their targets, for step 2.</summary>
    /// <param name="limit">Takes the first sources only, each with all its targets; null takes all.</param>
    /// <exception cref="DatasetUnavailableException">A folder is missing, empty or holds what is no image, files have no partner, or the limit cannot be met.</exception>
    public PairedDataset Pairs(int? limit)
    {
        var (sources, targets) = (Sources, Targets);
        var plan = Plan(sources.Folder, targets.Folder);
        var count = Limit.Apply(limit, plan.Sources.Length, 1, $"{name} source images with pairs");
        var first = plan.First(count);
        var hash = ContentHash.Of(
            ["pairs", sources.Pack.Hash, targets.Pack.Hash, .. first.Targets.Select((target, place) => $"{first.Sources[first.SourceOfTarget[place]]} {target}")]);
        return first.Dataset(name, hash, sources.Pack, targets.Pack, targetsAsColour: false);
    }

    /// <summary>Target images with their class, for step 3.</summary>
    /// <param name="split">"train" or "test".</param>
    /// <param name="limit">Takes the first images only; null takes all.</param>
    /// <exception cref="DatasetUnavailableException">A folder is missing or empty, holds what is no image or lies in no class, the two splits have other classes, or the limit cannot be met.</exception>
    public LabelledDataset Labelled(string split, int? limit)
    {
        var (folder, pack) = split switch
        {
            "train" => TrainImages,
            "test" => TestImages,
            _ => throw new DatasetUnavailableException($"{name} has no split \"{split}\". Allowed: train, test."),
        };
        var classes = Classes();
        var items = ClassItems.InRounds([.. classes.Select(own => (IReadOnlyList<int>)[.. folder.Files.Index().Where(file => ClassOf(file.Item) == own).Select(file => file.Index)])]);
        var count = Limit.Apply(limit, items.Positions.Length, classes.Length, $"{name}/{split} images");
        return items.First(count).Dataset($"{name}/{split}", ContentHash.Of(split, pack.Hash, $"{count}"), pack, classes, asColour: false);
    }

    /// <summary>Decodes everything now instead of when it is first read.</summary>
    /// <returns>A line for each file that is no whole image.</returns>
    public IReadOnlyList<string> Prepare() => [.. Given().SelectMany(part => Part(part).Pack.Broken())];

    private (ImageFolder Folder, ImagePack Pack) Sources => Part(nameof(options.Source));

    private (ImageFolder Folder, ImagePack Pack) Targets => Part(nameof(options.Target));

    private (ImageFolder Folder, ImagePack Pack) TrainImages => Part(nameof(options.Train));

    private (ImageFolder Folder, ImagePack Pack) TestImages => Part(nameof(options.Test));

    private IEnumerable<string> Given() =>
        new[] { (nameof(options.Source), options.Source), (nameof(options.Target), options.Target), (nameof(options.Train), options.Train), (nameof(options.Test), options.Test) }
            .Where(part => part.Item2.Length > 0).Select(part => part.Item1);

    private (ImageFolder Folder, ImagePack Pack) Part(string option)
    {
        if (_opened.TryGetValue(option, out var part)) return part;
        options.Check(name);
        var isSource = option == nameof(options.Source);
        var path = option switch
        {
            nameof(options.Source) => options.Source,
            nameof(options.Target) => options.Target,
            nameof(options.Train) => options.Train,
            _ => options.Test,
        };
        var folder = ImageFolder.Open(path, name, option);
        var refuse = options.Broken == BrokenImages.Refuse;
        if (refuse && folder.Faults.Count > 0) throw ImagePack.Refusal($"{name}: {folder.Path} (option {option})", folder.Faults);
        var shape = new ImageShape(
            options.Side, options.Fit, isSource ? options.SourceChannels : options.TargetChannels, (byte)(isSource ? options.SourceBackground : options.TargetBackground));
        var pack = new ImagePack(packed, $"{name}-{option.ToLowerInvariant()}", folder.Hash, folder.FullPaths, shape, progress, refuse);
        return _opened[option] = (folder, pack);
    }

    private PairPlan Plan(ImageFolder sources, ImageFolder targets) =>
        options.List.Length > 0 ? FolderPairs.ByList(name, sources, targets, options.List) : FolderPairs.ByName(name, sources, targets, options.Separator);

    private string[] Classes()
    {
        var (train, test) = (ClassesOf(TrainImages.Folder), ClassesOf(TestImages.Folder));
        if (train.SequenceEqual(test)) return train;
        throw new DatasetUnavailableException(
            $"{name}: {TrainImages.Folder.Path} and {TestImages.Folder.Path} must hold the same class folders. Only to train: {Named(train.Except(test))}; only to test: {Named(test.Except(train))}. Rename, add or remove these.");

        static string Named(IEnumerable<string> classes) => string.Join(", ", classes) is { Length: > 0 } names ? names : "none";
    }

    private string[] ClassesOf(ImageFolder folder)
    {
        if (folder.Files.FirstOrDefault(file => !file.Contains('/', StringComparison.Ordinal)) is { } loose)
            throw new DatasetUnavailableException($"{name}: {loose} lies in {folder.Path} itself. Put each image into a subfolder with the name of its class.");
        return [.. folder.Files.Select(ClassOf).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string ClassOf(string file) => file[..file.IndexOf('/', StringComparison.Ordinal)];

    private IEnumerable<(string Name, int Count)> CoverageLines()
    {
        foreach (var part in Given())
        {
            var (folder, pack) = Part(part);
            yield return ($"images in {part}", folder.Files.Count);
            yield return ($"other files in {part}, not read", folder.OtherFiles);
            if (pack.IsDecoded) yield return ($"broken images in {part}, left out", pack.Broken().Count());
        }

        if (options.Source.Length > 0 && options.Target.Length > 0)
        {
            var plan = Plan(Sources.Folder, Targets.Folder);
            yield return ("pairs", plan.Targets.Length);
            yield return ("sources with pairs", plan.Sources.Length);
            if (options.List.Length > 0)
            {
                yield return ("sources the list does not name", Sources.Folder.Files.Count - plan.Sources.Length);
                yield return ("targets the list does not name", Targets.Folder.Files.Count - plan.Targets.Length);
            }
        }

        if (options.Train.Length > 0 && options.Test.Length > 0) yield return ("classes", Classes().Length);
    }
}
