using Cmcd.Repro.Datasets;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>The label maps of a segmented set, checked whole before any work.</summary>
internal static class LabelMaps
{
    /// <returns>uint8 [N, 1, H, W] on the CPU; the caller disposes.</returns>
    /// <exception cref="ReproException">A map is missing, all void, or of another shape, or a label is no class: names the maps.</exception>
    public static Tensor Read(SegmentedDataset data)
    {
        var (images, labels) = (data.Images, data.Labels);
        if (images.Count != labels.Count)
            throw new ReproException($"{data.Name} has {images.Count} images and {labels.Count} label maps: each image needs its own. Make or load the data set again.");
        if (images.Frames != 1 || labels.Frames != 1 || labels.Channels != 1)
            throw new ReproException($"{data.Name} has {images.Frames} images and {labels.Frames} label maps of {labels.Channels} channels in an item; expected one image and one map of one channel. Make or load the data set again.");

        var maps = labels.Read([.. Enumerable.Range(0, labels.Count)]);
        var bytes = maps.bytes;
        var size = labels.Height * labels.Width;
        var (empty, foreign) = (new List<string>(), new List<string>());
        for (var i = 0; i < labels.Count; i++)
        {
            var map = bytes.Slice(i * size, size);
            if (map.IndexOfAnyExcept(SegmentedDataset.Void) < 0) empty.Add($"map {i}");
            foreach (var label in map)
            {
                if (label < data.Classes.Count || label == SegmentedDataset.Void) continue;
                foreign.Add($"map {i} (label {label})");
                break;
            }
        }

        if (empty.Count + foreign.Count == 0) return maps;
        maps.Dispose();
        throw new ReproException(string.Join('\n', new[]
        {
            (empty, $"Every pixel is void ({SegmentedDataset.Void}): nothing can be learnt from it or scored on it. Leave these items out of the set."),
            (foreign, $"Labels are the classes 0 to {data.Classes.Count - 1}, or {SegmentedDataset.Void} for void. Correct the maps, or the list of classes."),
        }.Where(fault => fault.Item1.Count > 0).Select(fault => $"{data.Name}, {Few(fault.Item1)}: {fault.Item2}")));
    }

    private static string Few(List<string> maps) => string.Join(", ", maps.Take(5)) + (maps.Count > 5 ? $" and {maps.Count - 5} more" : "");
}
