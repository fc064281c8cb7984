namespace Cmcd.Repro.Datasets;

/// <summary>Target-modality images with one class for each pixel, for step 3.</summary>
/// <param name="Name">Catalogue name and split, as in "rooms/test".</param>
/// <param name="Hash">SHA-256 (hex) over everything that decides the content; known without reading an image.</param>
/// <param name="Images">Target modality.</param>
/// <param name="Labels">One map [1, H, W] per image: class 0 … K - 1, or <see cref="Void"/>. Its size may differ from the images'.</param>
/// <param name="Classes">K names, K at most 255.</param>
public sealed record SegmentedDataset(string Name, string Hash, IImageSet Images, IImageSet Labels, IReadOnlyList<string> Classes)
{
    /// <summary>The label of pixels that count neither in training nor in the score.</summary>
    public const byte Void = 255;
}
