using static TorchSharp.torch;

namespace Cmcd.Repro.Datasets;

/// <summary>The label maps of a set, checked whole before anything is learnt from them.</summary>
internal static class LabelMaps
{
    private const int MostTold = 10;

    /// <returns>Every map of the set, uint8 [N, 1, H, W] on the CPU; the caller disposes.</returns>
    /// <exception cref="DatasetUnavailableException">A map has a label that is no class, or nothing but void.</exception>
    public static Tensor Read(SegmentedDataset data)
    {
        var maps = data.Labels.Read([.. Enumerable.Range(0, data.Labels.Count)]);
        try
        {
            Check(data.Name, maps.bytes, data.Labels.Height * data.Labels.Width, data.Classes.Count);
            return maps;
        }
        catch (DatasetUnavailableException)
        {
            maps.Dispose();
            throw;
        }
    }

    /// <param name="set">Named in the message.</param>
    /// <param name="maps">One map after another: a class or <see cref="SegmentedDataset.Void"/> for each pixel.</param>
    /// <param name="pixels">Of one map.</param>
    /// <param name="classes">K.</param>
    /// <exception cref="DatasetUnavailableException">A map has a label that is no class, or nothing but void. Names the first ten.</exception>
    public static void Check(string set, ReadOnlySpan<byte> maps, int pixels, int classes)
    {
        var faults = new List<string>();
        for (var item = 0; item < maps.Length / pixels; item++)
        {
            var map = maps.Slice(item * pixels, pixels);
            if (!map.ContainsAnyExcept(SegmentedDataset.Void))
                faults.Add($"map {item} is void everywhere, so it teaches and tests nothing: leave the item out");
            else if (map.IndexOfAnyInRange((byte)classes, (byte)(SegmentedDataset.Void - 1)) is >= 0 and var odd)
                faults.Add($"map {item} has label {map[odd]} at pixel {odd}: allowed are 0 to {classes - 1}, and {SegmentedDataset.Void} for void; map it to one of these");
        }

        if (faults.Count == 0) return;
        var more = faults.Count > MostTold ? $"; and {faults.Count - MostTold} more" : "";
        throw new DatasetUnavailableException($"{set}: {string.Join("; ", faults.Take(MostTold))}{more}.");
    }
}
