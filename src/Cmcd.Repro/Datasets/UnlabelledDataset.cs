namespace Cmcd.Repro.Datasets;

/// <summary>Photos alone, for step 1.</summary>
/// <param name="Name">Catalogue name.</param>
/// <param name="Hash">SHA-256 (hex) over everything that decides the content; known without reading an image.</param>
/// <param name="Images">Source modality.</param>
public sealed record UnlabelledDataset(string Name, string Hash, IImageSet Images);
