namespace Cmcd.Repro.Datasets.SketchyFiles;

/// <summary>A photo's file.</summary>
/// <param name="Label">Place of its class.</param>
/// <param name="Stem">ImageNet's name, as in n02691156_7027.</param>
/// <param name="Path">Where it lies.</param>
internal sealed record SketchyPhoto(int Label, string Stem, string Path);
