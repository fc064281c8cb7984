namespace Cmcd.Repro.Datasets.SketchyFiles;

/// <summary>Which sketches are paired, by each rule.</summary>
internal sealed class SketchyPairs(SketchyListing listing, SketchySplit split, Lazy<SketchyNotes> notes, SketchyOptions options)
{
    /// <summary>Training sketches that the rule takes and whose photo is there: places in the listing, ascending.</summary>
    /// <exception cref="DatasetUnavailableException">The rule needs notes that are missing.</exception>
    public int[] Choose(SketchyPairRule rule)
    {
        // The one place that keeps test sketches out of all pairs, whatever the rule.
        int[] allowed = [.. split.Train.SelectMany(items => items).Where(sketch => listing.Sketches[sketch].Photo >= 0).Order()];
        return rule switch
        {
            SketchyPairRule.Capped => [.. Draws.Order(options.SplitSeed, Draws.SketchyCap, 0, allowed.Length).Take(options.Cap).Select(place => allowed[place]).Order()],
            SketchyPairRule.ShareOfTrain => Share(allowed),
            _ => [.. allowed.Where(sketch => Passes(rule, sketch))],
        };
    }

    /// <summary>Sketches without flags, or those of no test photo, test split or not: the candidates as published figures would count them.</summary>
    /// <exception cref="DatasetUnavailableException">The rule needs notes that are missing.</exception>
    public int CountInBothSplits(SketchyPairRule rule) => Enumerable.Range(0, listing.Sketches.Count).Count(sketch => Passes(rule, sketch));

    private bool Passes(SketchyPairRule rule, int place)
    {
        var sketch = listing.Sketches[place];
        return notes.Value.FlagsOf(sketch) == SketchyFlag.None
            && (rule == SketchyPairRule.NoFlags || !notes.Value.IsTestPhoto(listing.Classes[sketch.Label], sketch.PhotoStem));
    }

    /// <summary>By photo, since all sketches of a photo are its positives: 80 of 100 photos a class.</summary>
    private int[] Share(int[] allowed)
    {
        var photos = new HashSet<int>();
        foreach (var own in allowed.Select(sketch => listing.Sketches[sketch].Photo).Distinct().GroupBy(photo => listing.Photos[photo].Label))
        {
            int[] all = [.. own];
            var count = Math.Max(1, (int)Math.Floor((options.PairShare * all.Length) + 1e-9));
            photos.UnionWith(Draws.Order(options.SplitSeed, Draws.SketchyShare, own.Key, all.Length).Take(count).Select(place => all[place]));
        }

        return [.. allowed.Where(sketch => photos.Contains(listing.Sketches[sketch].Photo))];
    }
}
