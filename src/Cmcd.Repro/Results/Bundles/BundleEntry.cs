namespace Cmcd.Repro.Results.Bundles;

/// <summary>One file of a bundle.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Content">Its bytes.</param>
public sealed record BundleEntry(string Path, ReadOnlyMemory<byte> Content);
