namespace Cmcd.Repro.Datasets.SketchyFiles;

/// <summary>Sketches for training and for testing, drawn class by class.</summary>
internal sealed class SketchySplit
{
    private readonly HashSet<int> _test;

    private SketchySplit(int[][] train, int[][] test) => (Train, Test, _test) = (train, test, [.. test.SelectMany(items => items)]);

    /// <summary>For each class the training sketches, places in the listing, in the order they were drawn.</summary>
    public int[][] Train { get; }

    /// <summary>For each class the test sketches.</summary>
    public int[][] Test { get; }

    /// <summary>Whether the sketch at that place is in the test split.</summary>
    public bool IsTest(int sketch) => _test.Contains(sketch);

    /// <param name="listing">All sketches.</param>
    /// <param name="options">Unit, share and seed.</param>
    public static SketchySplit Draw(SketchyListing listing, SketchyOptions options)
    {
        var classes = listing.Sketches.Index().ToLookup(entry => entry.Item.Label, entry => entry.Index);
        var (train, test) = (new int[listing.Classes.Count][], new int[listing.Classes.Count][]);
        for (var label = 0; label < listing.Classes.Count; label++)
        {
            int[][] units = options.SplitUnit == SketchySplitUnit.Sketch
                ? [.. classes[label].Select(sketch => new[] { sketch })]
                : [.. classes[label].GroupBy(sketch => listing.Sketches[sketch].PhotoStem).Select(photo => photo.ToArray())];
            if (units.Length < 2)
                throw new DatasetUnavailableException($"{Sketchy.Name}: {listing.Classes[label]} has sketches of one photo only, so that option SplitUnit = {options.SplitUnit} cannot split it. Use Sketch.");
            var order = Draws.Order(options.SplitSeed, Draws.SketchySplit, label, units.Length);
            var count = Draws.ShareOf(options.TrainShare, units.Length);
            train[label] = [.. order.Take(count).SelectMany(unit => units[unit])];
            test[label] = [.. order.Skip(count).SelectMany(unit => units[unit])];
        }

        return new(train, test);
    }
}
