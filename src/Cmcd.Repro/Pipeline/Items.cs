using Cmcd.Repro.Datasets;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>Reads a batch and makes sure of its shape: a set that breaks its promise is told by the item.</summary>
internal static class Items
{
    /// <param name="set">Where to read.</param>
    /// <param name="what">The set, for the message.</param>
    /// <param name="ids">Positions in the set.</param>
    /// <returns>[B·F, C, H, W], uint8.</returns>
    /// <exception cref="ReproException">An item has another shape or type than its set says.</exception>
    public static Tensor Read(IImageSet set, string what, ReadOnlySpan<int> ids)
    {
        var items = set.Read(ids);
        if (Fits(items, ids.Length)) return items;

        foreach (var id in ids)
        {
            using var item = set.Read([id]);
            if (!Fits(item, 1)) throw Fault($"item {id}", item, set.Frames);
        }

        throw Fault($"a batch of {ids.Length}", items, ids.Length * set.Frames);

        bool Fits(Tensor read, int count) =>
            read.dtype == ScalarType.Byte && read.shape.SequenceEqual([(long)count * set.Frames, set.Channels, set.Height, set.Width]);

        ReproException Fault(string which, Tensor read, int images) => new(
            $"{what}: {which} is {read.dtype} [{string.Join(", ", read.shape)}], expected Byte [{images}, {set.Channels}, {set.Height}, {set.Width}] "
            + $"({set.Frames} frames an item). Bring every item of the set to one number of frames, channels and one size.");
    }
}
