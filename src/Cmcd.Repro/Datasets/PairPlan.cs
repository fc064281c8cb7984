using Cmcd.Repro.Datasets.Images;

namespace Cmcd.Repro.Datasets;

/// <summary>Which files of two packs belong together, before anything is decoded.</summary>
/// <param name="Sources">Positions in the source pack, none twice.</param>
/// <param name="Targets">Positions in the target pack.</param>
/// <param name="SourceOfTarget">For each target its place in Sources.</param>
internal sealed record PairPlan(int[] Sources, int[] Targets, int[] SourceOfTarget)
{
    /// <param name="pairs">Source and target positions; sources keep the order in which they come first.</param>
    public static PairPlan Of(IEnumerable<(int Source, int Target)> pairs)
    {
        var places = new Dictionary<int, int>();
        var (targets, sourceOfTarget) = (new List<int>(), new List<int>());
        foreach (var (source, target) in pairs)
        {
            places.TryAdd(source, places.Count);
            targets.Add(target);
            sourceOfTarget.Add(places[source]);
        }

        return new([.. places.OrderBy(place => place.Value).Select(place => place.Key)], [.. targets], [.. sourceOfTarget]);
    }

    /// <summary>The first sources with all their targets.</summary>
    public PairPlan First(int count) => Of(All().Where((_, target) => SourceOfTarget[target] < count));

    /// <summary>The pairs as a dataset. Broken images are left out, a source without targets with them; they are known once both packs are decoded.</summary>
    /// <exception cref="DatasetUnavailableException">No pair is left; thrown when the first item is asked for.</exception>
    public PairedDataset Dataset(string name, string hash, ImagePack sources, ImagePack targets, bool targetsAsColour)
    {
        var whole = new Lazy<PairPlan>(() => Of(All().Where(pair => sources.IsPresent(pair.Source) && targets.IsPresent(pair.Target))) is { Targets.Length: > 0 } kept
            ? kept
            : throw new DatasetUnavailableException($"{name}: none of {Targets.Length} pairs can be decoded. The first fault: {sources.Broken().Concat(targets.Broken()).First()}"));
        return new(
            name, hash, sources.Images(new DeferredList(() => whole.Value.Sources)), targets.Images(new DeferredList(() => whole.Value.Targets), targetsAsColour),
            new DeferredList(() => whole.Value.SourceOfTarget));
    }

    private IEnumerable<(int Source, int Target)> All() => Targets.Select((target, place) => (Sources[SourceOfTarget[place]], target));
}
