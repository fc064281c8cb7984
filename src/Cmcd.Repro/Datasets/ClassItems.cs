using Cmcd.Repro.Datasets.Images;

namespace Cmcd.Repro.Datasets;

/// <summary>Labelled files of a pack, before anything is decoded.</summary>
/// <param name="Positions">In the pack.</param>
/// <param name="Labels">One for each.</param>
internal sealed record ClassItems(int[] Positions, int[] Labels)
{
    /// <summary>In rounds of one item a class while it has any, so that a prefix is balanced.</summary>
    /// <param name="classes">For each class the positions of its items, in order.</param>
    public static ClassItems InRounds(IReadOnlyList<IReadOnlyList<int>> classes)
    {
        var items = (from round in Enumerable.Range(0, classes.Max(items => items.Count))
                     from label in Enumerable.Range(0, classes.Count)
                     where round < classes[label].Count
                     select (Position: classes[label][round], Label: label)).ToArray();
        return new([.. items.Select(item => item.Position)], [.. items.Select(item => item.Label)]);
    }

    /// <summary>The first so many.</summary>
    public ClassItems First(int count) => new(Positions[..count], Labels[..count]);

    /// <summary>The items as a dataset. Broken images are left out; they are known once the pack is decoded.</summary>
    public LabelledDataset Dataset(string name, string hash, ImagePack pack, IReadOnlyList<string> classes, bool asColour)
    {
        var whole = new Lazy<int[]>(() => [.. Enumerable.Range(0, Positions.Length).Where(item => pack.IsPresent(Positions[item]))]);
        return new(
            name, hash, pack.Images(new DeferredList(() => [.. whole.Value.Select(item => Positions[item])]), asColour),
            new DeferredList(() => [.. whole.Value.Select(item => Labels[item])]), classes);
    }
}
