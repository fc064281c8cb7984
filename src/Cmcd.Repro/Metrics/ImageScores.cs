namespace Cmcd.Repro.Metrics;

/// <summary>What each image contributes to mean IoU: a number an image, so that two methods can be compared image by image though the metric is of them all.</summary>
/// <remarks>
/// The jackknife's pseudo-values (J. W. Tukey, Annals of Mathematical Statistics 29, 1958; R. G. Miller, Biometrika 61, 1974). With θ the score of all n images and θ₋ᵢ the score without
/// image i, image i has θ + (n - 1) (mean of θ₋ - θ₋ᵢ). Their sample variance over n estimates the variance of θ over draws of the test images, as if θ were their mean.
/// Departs: the textbook form's mean is θ corrected for bias of order 1/n; here it is θ itself, so that the scores and the metric speak of one number.
/// A single value may lie outside 0 to 100.
/// </remarks>
public static class ImageScores
{
    /// <summary>Scores of a segmented test set.</summary>
    /// <param name="images">Each image's confusion matrix, without zeros.</param>
    /// <returns>Percent, one an image; their mean is <see cref="MeanIoU.Percent"/> of all.</returns>
    /// <exception cref="ArgumentException">There is no image, or one has no labelled pixel.</exception>
    public static double[] Of(IReadOnlyList<IReadOnlyList<PixelCount>> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count == 0 || images.Any(counts => counts.Sum(count => count.Pixels) == 0))
            throw new ArgumentException($"Expected at least one image, each with labelled pixels, got {images.Count}.", nameof(images));

        var sums = new ClassSums([.. images.SelectMany(counts => counts)]);
        var all = MeanIoU.Of(sums);
        if (images.Count == 1) return [100 * all];

        var without = images.Select(counts =>
        {
            sums.Add(counts, -1);
            var rest = MeanIoU.Of(sums);
            sums.Add(counts);
            return rest;
        }).ToArray();
        var mean = without.Average();
        return Array.ConvertAll(without, rest => 100 * (all + ((images.Count - 1) * (mean - rest))));
    }
}
