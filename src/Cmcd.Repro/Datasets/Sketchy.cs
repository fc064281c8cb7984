using Cmcd.Repro.Datasets.Images;
using Cmcd.Repro.Datasets.SketchyFiles;

namespace Cmcd.Repro.Datasets;

/// <summary>Sketchy: photos of 125 classes, each with several sketches of it. Pairs for step 2, sketches for step 3 ("Sketchy-Eval").</summary>
/// <remarks>
/// Images are [3, Side, Side]: photos in colour, sketches dark on white with three equal channels. A sketch belongs to the photo of its stem in the folder of its class. The test split is
/// drawn first, and every pair rule chooses among the other sketches, so no pair shows a test sketch. With SplitUnit = Sketch its photo may be in a pair, by another sketch; with Photo it is not.
/// A file that cannot be decoded is left out of both, and counted. Pairs and labelled items come in rounds of one photo or sketch a class, so that any prefix is balanced.
/// Source: P. Sangkloy et al., The Sketchy Database, ACM Transactions on Graphics 35(4), 2016.
/// </remarks>
/// <param name="folder">Gives the checked, unpacked archives; called when the first set is asked for.</param>
/// <param name="packed">Where decoded images and the split are kept.</param>
/// <param name="options">What the paper leaves open.</param>
/// <param name="progress">Told what is decoded, how many are done and how many there are.</param>
internal sealed class Sketchy(Func<DatasetFolder> folder, string packed, SketchyOptions options, Action<string, int, int>? progress = null)
{
    public const string Name = "sketchy";

    private const string Rendered = "rendered_256x256.7z", Info = "info-06-04.7z";

    private Content? _content;

    /// <summary>Counts of everything the paper's numbers could mean; broken images stand in it once they were decoded.</summary>
    public IReadOnlyList<(string Name, int Count)> Coverage => [.. CoverageLines(Opened)];

    /// <summary>Photos with the sketches that <see cref="SketchyOptions.PairRule"/> takes.</summary>
    /// <param name="limit">Takes the first photos only, each with all its sketches; null takes all.</param>
    /// <exception cref="DatasetUnavailableException">The archives are not here, are not Sketchy's, or the limit cannot be met.</exception>
    public PairedDataset Pairs(int? limit)
    {
        var content = Opened;
        var byPhoto = content.Pairs.Choose(options.PairRule).ToLookup(sketch => content.Listing.Sketches[sketch].Photo);
        var photos = ClassItems.InRounds([.. content.Listing.Classes.Select((_, label) => (IReadOnlyList<int>)[.. byPhoto.Select(photo => photo.Key).Where(photo => content.Listing.Photos[photo].Label == label)])]);
        if (photos.Positions.Length == 0)
            throw new DatasetUnavailableException($"{Name}: option PairRule = {options.PairRule} leaves no pair of {content.Listing.Sketches.Count} sketches and {content.Listing.Photos.Count} photos. The Datasets target shows the counts of every rule.");
        var count = Limit.Apply(limit, photos.Positions.Length, 1, $"{Name} photos with pairs");
        var plan = PairPlan.Of(photos.First(count).Positions.SelectMany(photo => byPhoto[photo].Select(sketch => (photo, sketch))));
        var hash = ContentHash.Of(Name, "pairs", content.Photos.Hash, content.Sketches.Hash, content.InfoHash, $"{options}", $"{count} photos");
        return plan.Dataset(Name, hash, content.Photos, content.Sketches, targetsAsColour: true);
    }

    /// <summary>Sketches with their class.</summary>
    /// <param name="split">"train" or "test".</param>
    /// <param name="limit">Takes the first sketches only; null takes all.</param>
    /// <exception cref="DatasetUnavailableException">The archives are not here, are not Sketchy's, there is no such split, or the limit cannot be met.</exception>
    public LabelledDataset Labelled(string split, int? limit)
    {
        var content = Opened;
        var items = ClassItems.InRounds(split switch
        {
            "train" => content.Split.Train,
            "test" => content.Split.Test,
            _ => throw new DatasetUnavailableException($"{Name} has no split \"{split}\". Allowed: train, test."),
        });
        var count = Limit.Apply(limit, items.Positions.Length, content.Listing.Classes.Count, $"{Name}/{split} sketches");
        RecordSplit(content);
        return items.First(count).Dataset($"{Name}/{split}", ContentHash.Of(Name, split, content.SplitHash, content.Sketches.Hash, $"{count}"), content.Sketches, content.Listing.Classes, asColour: true);
    }

    /// <summary>Decodes everything now instead of when it is first read.</summary>
    /// <returns>A line for each file that is no whole image.</returns>
    public IReadOnlyList<string> Prepare() => [.. Opened.Photos.Broken(), .. Opened.Sketches.Broken()];

    private Content Opened => _content ??= Open();

    private Content Open()
    {
        options.Check();
        var data = folder();
        var archive = data.Receipts[Rendered].Digest.Sha256;
        var listing = SketchyListing.Read(data[Rendered], options);
        var split = SketchySplit.Draw(listing, options);
        var notes = new Lazy<SketchyNotes>(() => SketchyNotes.Read(data[Info]));
        return new(
            listing, split, notes, new(listing, split, notes, options),
            Pack("photos", $"{archive} {options.PhotoRendering}", [.. listing.Photos.Select(photo => photo.Path)], new(options.Side, ImageFit.Stretch, 3, 0)),
            Pack("sketches", $"{archive} {options.SketchRendering}", [.. listing.Sketches.Select(sketch => sketch.Path)], new(options.Side, ImageFit.Stretch, 1, 255)),
            data.Receipts[Info].Digest.Sha256,
            ContentHash.Of(archive, $"{options.SketchRendering}", $"{options.SplitUnit}", $"{options.TrainShare}", $"{options.SplitSeed}"));
    }

    private ImagePack Pack(string what, string content, string[] files, ImageShape shape) => new(packed, $"{Name}-{what}", ContentHash.Of(Name, what, content), files, shape, progress);

    private void RecordSplit(Content content)
    {
        SplitRecord.Write(
            packed, $"{Name}-eval-split", content.SplitHash, $"Sketchy-Eval by {options.SplitUnit}, {options.TrainShare} of each class, seed {options.SplitSeed}",
            Lines("train", content.Split.Train).Concat(Lines("test", content.Split.Test)));

        IEnumerable<(string, string)> Lines(string part, int[][] items) =>
            items.SelectMany(own => own.Order()).Select(place => content.Listing.Sketches[place]).Select(sketch => (part, $"{content.Listing.Classes[sketch.Label]}/{sketch.Stem}"));
    }

    private static IEnumerable<(string Name, int Count)> CoverageLines(Content content)
    {
        var (listing, notes) = (content.Listing, content.Notes.Value);
        yield return ("classes (125 published)", listing.Classes.Count);
        yield return ("photos (12,500 published)", listing.Photos.Count);
        yield return ("sketches (75,471 to 75,481 published)", listing.Sketches.Count);
        yield return ("sketches without their photo, in no pair", listing.Sketches.Count(sketch => sketch.Photo < 0));
        yield return ("photos without a sketch, in no pair", listing.Photos.Count - listing.Sketches.Where(sketch => sketch.Photo >= 0).Select(sketch => sketch.Photo).Distinct().Count());
        yield return ("other files, not read", listing.OtherFiles);
        yield return ("Sketchy-Eval train (60,335 printed)", content.Split.Train.Sum(items => items.Length));
        yield return ("Sketchy-Eval test (15,146 printed)", content.Split.Test.Sum(items => items.Length));
        foreach (var rule in new[] { SketchyPairRule.Capped, SketchyPairRule.ShareOfTrain })
            yield return ($"pairs by {rule} (48,290 printed)", content.Pairs.Choose(rule).Length);
        if (notes.Source is not null)
        {
            foreach (var flag in Enum.GetValues<SketchyFlag>().Where(flag => flag != SketchyFlag.None))
                yield return ($"sketches flagged {flag} in {notes.Source}", listing.Sketches.Count(sketch => notes.FlagsOf(sketch).HasFlag(flag)));
            var stems = listing.Sketches.Select(sketch => sketch.Stem).ToHashSet();
            yield return ($"sketches in {notes.Source} without a file", notes.Flags.Keys.Count(stem => !stems.Contains(stem)));
            foreach (var rule in new[] { SketchyPairRule.NoFlags, SketchyPairRule.NoFlagsNoTestPhotos }.Where(rule => rule == SketchyPairRule.NoFlags || notes.TestPhotos is not null))
            {
                yield return ($"sketches by {rule}, test split included", content.Pairs.CountInBothSplits(rule));
                yield return ($"pairs by {rule} (48,290 printed)", content.Pairs.Choose(rule).Length);
            }
        }

        if (notes.TestPhotos is not null) yield return ("photos on the authors' test list (1,250 expected)", notes.TestPhotos.Count);
        if (content.Photos.IsDecoded) yield return ("broken photos, left out", content.Photos.Broken().Count());
        if (content.Sketches.IsDecoded) yield return ("broken sketches, left out", content.Sketches.Broken().Count());
    }

    private sealed record Content(
        SketchyListing Listing, SketchySplit Split, Lazy<SketchyNotes> Notes, SketchyPairs Pairs, ImagePack Photos, ImagePack Sketches, string InfoHash, string SplitHash);
}
