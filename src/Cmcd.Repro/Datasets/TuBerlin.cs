using Cmcd.Repro.Datasets.Images;
using Cmcd.Repro.Datasets.TuBerlinFiles;

namespace Cmcd.Repro.Datasets;

/// <summary>TU-Berlin: 250 classes of 80 sketches each, for step 3.</summary>
/// <remarks>
/// Images are [3, Side, Side], black on white with three equal channels. Each class is put into a seeded order, then cut: first the training, then the test sketches. One that cannot
/// be decoded is left out of its split, and counted. Items come in rounds of one a class, so that any prefix is balanced.
/// Source: M. Eitz, J. Hays, M. Alexa, How Do Humans Sketch Objects?, ACM Transactions on Graphics 31(4), 2012.
/// </remarks>
/// <param name="folder">Gives the checked, unpacked archive; called when the first set is asked for.</param>
/// <param name="packed">Where decoded images and the split are kept.</param>
/// <param name="options">What the paper leaves open.</param>
/// <param name="progress">Told what is decoded, how many are done and how many there are.</param>
internal sealed class TuBerlin(Func<DatasetFolder> folder, string packed, TuBerlinOptions options, Action<string, int, int>? progress = null)
{
    public const string Name = "tu-berlin";

    private const string Archive = "sketches_png.zip";

    private Content? _content;

    /// <summary>Counts held against the published ones; broken sketches stand in it once they were decoded.</summary>
    public IReadOnlyList<(string Name, int Count)> Coverage => [.. CoverageLines(Opened)];

    /// <summary>Sketches with their class.</summary>
    /// <param name="split">"train" or "test".</param>
    /// <param name="limit">Takes the first sketches only; null takes all.</param>
    /// <exception cref="DatasetUnavailableException">The archive is not here, is not TU-Berlin's, there is no such split, or the limit cannot be met.</exception>
    public LabelledDataset Labelled(string split, int? limit)
    {
        var content = Opened;
        var items = ClassItems.InRounds(split switch
        {
            "train" => content.Train,
            "test" => content.Test,
            _ => throw new DatasetUnavailableException($"{Name} has no split \"{split}\". Allowed: train, test."),
        });
        var count = Limit.Apply(limit, items.Positions.Length, content.Listing.Classes.Count, $"{Name}/{split} sketches");
        RecordSplit(content);
        return items.First(count).Dataset($"{Name}/{split}", ContentHash.Of(Name, split, content.SplitHash, content.Sketches.Hash, $"{count}"), content.Sketches, content.Listing.Classes, asColour: true);
    }

    /// <summary>Decodes everything now instead of when it is first read.</summary>
    /// <returns>A line for each file that is no whole image.</returns>
    public IReadOnlyList<string> Prepare() => [.. Opened.Sketches.Broken()];

    private Content Opened => _content ??= Open();

    private Content Open()
    {
        options.Check();
        var data = folder();
        var archive = data.Receipts[Archive].Digest.Sha256;
        var listing = TuBerlinListing.Read(data[Archive]);
        var places = listing.Sketches.Index().ToLookup(entry => entry.Item.Label, entry => entry.Index);
        var drawn = listing.Classes.Select((_, label) => Cut([.. places[label]], label)).ToArray();
        var pack = new ImagePack(
            packed, $"{Name}-sketches", ContentHash.Of(Name, archive), [.. listing.Sketches.Select(sketch => sketch.Path)], new(options.Side, ImageFit.Stretch, 1, 255), progress);
        return new(
            listing, [.. drawn.Select(own => own.Train)], [.. drawn.Select(own => own.Test)], pack,
            ContentHash.Of(archive, $"{options.TrainPerClass}", $"{options.TestPerClass}", $"{options.SplitSeed}"));
    }

    private (int[] Train, int[] Test) Cut(int[] own, int label)
    {
        int[] order = [.. Draws.Order(options.SplitSeed, Draws.TuBerlinSplit, label, own.Length).Select(place => own[place])];
        var asked = options.TrainPerClass + options.TestPerClass;
        var train = own.Length >= asked ? options.TrainPerClass : Draws.ShareOf((double)options.TrainPerClass / asked, own.Length);
        return (order[..train], order[train..Math.Min(order.Length, Math.Max(train + 1, train + options.TestPerClass))]);
    }

    private void RecordSplit(Content content)
    {
        SplitRecord.Write(
            packed, $"{Name}-split", content.SplitHash, $"TU-Berlin, {options.TrainPerClass} and {options.TestPerClass} of each class, seed {options.SplitSeed}",
            Lines("train", content.Train).Concat(Lines("test", content.Test)));

        IEnumerable<(string, string)> Lines(string part, int[][] items) =>
            items.SelectMany(own => own.Order()).Select(place => content.Listing.Sketches[place]).Select(sketch => (part, $"{content.Listing.Classes[sketch.Label]}/{sketch.Number}.png"));
    }

    private static IEnumerable<(string Name, int Count)> CoverageLines(Content content)
    {
        var listing = content.Listing;
        yield return ("classes (250 published)", listing.Classes.Count);
        yield return ("sketches (20,000 published)", listing.Sketches.Count);
        yield return ("train (15,000 printed)", content.Train.Sum(own => own.Length));
        yield return ("test (5,000 printed)", content.Test.Sum(own => own.Length));
        yield return ("other files, not read", listing.OtherFiles);
        yield return ("classes whose numbers are not one block of 80", listing.ScatteredClasses);
        yield return ("files that share a number with another", listing.Renumbered);
        if (listing.Listed is not null)
        {
            yield return ("sketches in filelist.txt without a file", listing.Missing);
            yield return ("files that filelist.txt gives to another class", listing.Misfiled);
            yield return ("class folders that filelist.txt writes otherwise", listing.RenamedClasses.Count());
        }

        if (content.Sketches.IsDecoded) yield return ("broken sketches, left out", content.Sketches.Broken().Count());
    }

    private sealed record Content(TuBerlinListing Listing, int[][] Train, int[][] Test, ImagePack Sketches, string SplitHash);
}
