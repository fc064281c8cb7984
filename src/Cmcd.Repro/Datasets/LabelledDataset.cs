namespace Cmcd.Repro.Datasets;

/// <summary>Target-modality images with one class each, for step 3.</summary>
/// <param name="Name">Catalogue name and split, as in "emoji-line/test".</param>
/// <param name="Hash">SHA-256 (hex) over everything that decides the content; known without reading an image.</param>
/// <param name="Images">Target modality.</param>
/// <param name="Labels">One entry per image, 0 … K - 1.</param>
/// <param name="Classes">K names.</param>
public sealed record LabelledDataset(string Name, string Hash, IImageSet Images, IReadOnlyList<int> Labels, IReadOnlyList<string> Classes)
{
    /// <inheritdoc cref="PairedDataset.Shortfall"/>
    public Func<string?> Shortfall { get; init; } = () => null;
}
