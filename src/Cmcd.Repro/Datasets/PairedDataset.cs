namespace Cmcd.Repro.Datasets;

/// <summary>Two modalities of the same things, for step 2: one or more target items per source item.</summary>
/// <param name="Name">Catalogue name.</param>
/// <param name="Hash">SHA-256 (hex) over everything that decides the content; known without reading an image.</param>
/// <param name="Source">The teacher's modality (photos).</param>
/// <param name="Target">The student's modality (sketches).</param>
/// <param name="SourceOfTarget">One entry per target item: target item i shows source item SourceOfTarget[i].</param>
public sealed record PairedDataset(string Name, string Hash, IImageSet Source, IImageSet Target, IReadOnlyList<int> SourceOfTarget)
{
    /// <summary>How much of what was asked for is not here, as a clause; null if all is. May decode the set.</summary>
    public Func<string?> Shortfall { get; init; } = () => null;
}
