namespace Cmcd.Repro.Datasets;

/// <summary>Target-modality images with one class for each pixel, for step 3.</summary>
/// <param name="Name">Catalogue name and split, as in "rooms/test".</param>
/// <param name="Hash">SHA-256 (hex) over everything that decides the content; known without reading an image.</param>
/// <param name="Images">Target modality.</param>
/// <param name="Labels">One map [1, H, W] per image: class 0 … K - 1, or <see cref="Void"/>. Its size may differ from the images', its shape may not.</param>
/// <param name="Classes">K names, K at most 255.</param>
/// <exception cref="DatasetUnavailableException">Images and maps do not fit each other.</exception>
public sealed record SegmentedDataset(string Name, string Hash, IImageSet Images, IImageSet Labels, IReadOnlyList<string> Classes)
{
    /// <summary>The label of pixels that count neither in training nor in the score.</summary>
    public const byte Void = 255;

    /// <summary>One map [1, H, W] per image: class 0 … K - 1, or <see cref="Void"/>.</summary>
    public IImageSet Labels { get; } = Fitting(Name, Images, Labels, Classes);

    private static IImageSet Fitting(string name, IImageSet images, IImageSet labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        var faults = new List<string>();
        if (images.Count != labels.Count)
        {
            var (more, fewer) = images.Count > labels.Count ? ("image", "label map") : ("label map", "image");
            faults.Add($"there are {images.Count} images and {labels.Count} label maps: "
                + $"{more} {Math.Min(images.Count, labels.Count)} is the first without {fewer}; add it, or leave the item out");
        }

        if ((long)images.Height * labels.Width != (long)images.Width * labels.Height)
            faults.Add($"images are {images.Height} x {images.Width}, label maps {labels.Height} x {labels.Width}: both must show the same view; cut or scale one of them");
        if (labels.Channels != 1 || labels.Frames != 1 || images.Frames != 1)
        {
            faults.Add($"a label map has {labels.Frames} x {labels.Channels} channels and an image {images.Frames} frames: "
                + "give one channel of class numbers, not colours, and one image for each map");
        }

        if (classes.Count is 0 or > Void) faults.Add($"there are {classes.Count} classes: allowed are 1 to {Void}");
        return faults.Count == 0 ? labels : throw new DatasetUnavailableException($"{name}: {string.Join("; ", faults)}.");
    }
}
