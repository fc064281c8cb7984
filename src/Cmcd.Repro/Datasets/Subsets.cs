using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets;

/// <summary>Random parts of a data set: a share of the pairs, or a few labelled items of each class.</summary>
/// <remarks>
/// A pure function of (seed, draw). Smaller parts lie within larger ones, so that a curve over sizes adds items and exchanges none.
/// The view of the generator's address tells the two uses apart.
/// </remarks>
public static class Subsets
{
    private const int OfClass = 0, OfPhotos = 1;

    /// <summary>The pairs of a share of the photos: all target items of a photo come with it.</summary>
    /// <param name="pairs">The whole set.</param>
    /// <param name="share">(0, 1]; the number of photos is rounded, and at least 1.</param>
    /// <param name="seed">Seed of the choice.</param>
    public static PairedDataset OfPairs(PairedDataset pairs, double share, long seed)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (share is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "Expected a share in (0, 1].");

        var count = Math.Max(1, (int)Math.Round(share * pairs.Source.Count, MidpointRounding.AwayFromZero));
        var order = new CounterRandom(seed, Purpose.Subset, view: OfPhotos).NextPermutation(pairs.Source.Count);
        int[] photos = [.. order.Take(count).Order()];
        var places = photos.Select((photo, place) => (photo, place)).ToDictionary(item => item.photo, item => item.place);
        int[] targets = [.. Enumerable.Range(0, pairs.Target.Count).Where(target => places.ContainsKey(pairs.SourceOfTarget[target]))];
        return new(
            pairs.Name, ContentHash.Of(pairs.Hash, "photos", $"{count}", $"{seed}"), new ChosenImages(pairs.Source, photos), new ChosenImages(pairs.Target, targets),
            [.. targets.Select(target => places[pairs.SourceOfTarget[target]])]);
    }

    /// <summary>The same number of labelled items of each class.</summary>
    /// <param name="set">The whole set.</param>
    /// <param name="perClass">Items of each class.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <param name="draw">Number of the draw, from 0.</param>
    /// <exception cref="DatasetUnavailableException">A class has fewer: names each.</exception>
    public static LabelledDataset PerClass(LabelledDataset set, int perClass, long seed, int draw)
    {
        RequirePerClass(set, perClass);
        var items = Enumerable.Range(0, set.Labels.Count).ToLookup(item => set.Labels[item]);
        int[] chosen = [.. set.Classes.SelectMany((_, label) =>
        {
            var own = items[label].ToArray();
            return new CounterRandom(seed, Purpose.Subset, draw, label, OfClass).NextPermutation(own.Length).Take(perClass).Select(place => own[place]);
        }).Order()];
        return new(
            set.Name, ContentHash.Of(set.Hash, "per class", $"{perClass}", $"{seed}", $"{draw}"), new ChosenImages(set.Images, chosen), [.. chosen.Select(item => set.Labels[item])], set.Classes);
    }

    /// <summary>Every class has so many items.</summary>
    /// <exception cref="DatasetUnavailableException">A class has fewer: names each.</exception>
    public static void RequirePerClass(LabelledDataset set, int perClass)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perClass);
        var counts = new int[set.Classes.Count];
        foreach (var label in set.Labels) counts[label]++;
        var few = counts.Select((count, label) => (Count: count, Name: set.Classes[label])).Where(found => found.Count < perClass).ToArray();
        if (few.Length == 0) return;
        throw new DatasetUnavailableException(
            $"{set.Name}: {perClass} labelled items of each class were asked for (fewShot.perClass), but {string.Join(", ", few.Select(found => $"{found.Name} has {found.Count}"))}. "
            + $"Allowed: 1 to {counts.Min()}. Ask for fewer, or raise the limit of this data set in the tier.");
    }

    /// <summary>Some of another set's images, in an order of their own.</summary>
    private sealed class ChosenImages(IImageSet all, int[] items) : IImageSet
    {
        public int Count => items.Length;

        public int Frames => all.Frames;

        public int Channels => all.Channels;

        public int Height => all.Height;

        public int Width => all.Width;

        public byte Background => all.Background;

        public bool ReachesEdges => all.ReachesEdges;

        public TorchSharp.torch.Tensor Read(ReadOnlySpan<int> indices)
        {
            var chosen = new int[indices.Length];
            for (var i = 0; i < chosen.Length; i++)
                chosen[i] = (uint)indices[i] < (uint)items.Length ? items[indices[i]] : throw new ArgumentOutOfRangeException(nameof(indices), indices[i], $"Expected positions from 0 to {items.Length - 1}.");
            return all.Read(chosen);
        }
    }
}
