namespace Cmcd.Repro.Metrics;

/// <summary>Mean intersection over union from one confusion matrix over the whole test set.</summary>
/// <remarks>
/// Source: the usual score of semantic segmentation (FCN, score.py): IoU_c = n_cc / (row_c + column_c - n_cc), averaged over the classes whose union is above 0. A class that
/// neither occurs nor is predicted has no IoU: it is left out, not counted as 0. Void pixels count nowhere. The mean of per-image scores is another number.
/// </remarks>
public static class MeanIoU
{
    /// <summary>The label of pixels that do not count.</summary>
    public const byte Void = 255;

    /// <summary>One image's confusion matrix, without its zeros.</summary>
    /// <param name="predicted">Class of each pixel, 0 … K - 1, [H·W].</param>
    /// <param name="labels">True class of each pixel or <see cref="Void"/>, [H·W].</param>
    /// <param name="classes">K, 1 to 255.</param>
    /// <returns>By label, then class given; empty when every pixel is void.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a class lies outside.</exception>
    public static IReadOnlyList<PixelCount> Count(ReadOnlySpan<byte> predicted, ReadOnlySpan<byte> labels, int classes)
    {
        if (predicted.Length != labels.Length) throw new ArgumentException($"Got {predicted.Length} predicted pixels for {labels.Length} labels.", nameof(predicted));
        var matrix = new long[classes * classes];
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == Void) continue;
            if (labels[i] >= classes || predicted[i] >= classes)
                throw new ArgumentException($"Pixel {i} has label {labels[i]} and prediction {predicted[i]}, expected classes from 0 to {classes - 1}, or label {Void} for void.", nameof(labels));
            matrix[(labels[i] * classes) + predicted[i]]++;
        }

        return [.. matrix.Select((pixels, at) => new PixelCount(at / classes, at % classes, pixels)).Where(count => count.Pixels > 0)];
    }

    /// <summary>The score.</summary>
    /// <param name="counts">The confusion matrix's entries, of all images in any order; entries of one place add up.</param>
    /// <returns>Percent, 0 to 100.</returns>
    /// <exception cref="ArgumentException">No pixel is labelled.</exception>
    public static double Percent(IReadOnlyCollection<PixelCount> counts) => 100 * Of(Labelled(counts));

    /// <summary>IoU of each class that has one, in [0, 1].</summary>
    /// <param name="counts">As for <see cref="Percent"/>.</param>
    public static IReadOnlyDictionary<int, double> ByClass(IReadOnlyCollection<PixelCount> counts) => new ClassSums(counts).Overlaps().ToDictionary(each => each.Class, each => each.IoU);

    /// <summary>Share of the labelled pixels that were given their class; percent, 0 to 100.</summary>
    /// <param name="counts">As for <see cref="Percent"/>.</param>
    /// <exception cref="ArgumentException">No pixel is labelled.</exception>
    public static double PixelAccuracy(IReadOnlyCollection<PixelCount> counts)
    {
        var sums = Labelled(counts);
        return 100.0 * sums.Hits / sums.Pixels;
    }

    internal static double Of(ClassSums sums) => sums.Overlaps().Average(each => each.IoU);

    private static ClassSums Labelled(IReadOnlyCollection<PixelCount> counts)
    {
        var sums = new ClassSums(counts);
        return sums.Pixels > 0 ? sums : throw new ArgumentException("Mean IoU of no labelled pixel is undefined.", nameof(counts));
    }
}
