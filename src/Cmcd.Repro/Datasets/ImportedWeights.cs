namespace Cmcd.Repro.Datasets;

/// <summary>A file of published weights that is here.</summary>
/// <param name="Name">As the tier file names it: a source, or a path.</param>
/// <param name="Path">The file to open.</param>
/// <param name="Hash">SHA-256 (hex) over its files' content.</param>
/// <param name="HeadTop1">Published top-1 of the linear head that comes with them, on ImageNet's validation set, in percent; null if none is known.</param>
public sealed record ImportedWeights(string Name, string Path, string Hash, double? HeadTop1);
