namespace Cmcd.Repro.Datasets.Clips;

/// <summary>A clip that was drawn, and its files.</summary>
internal readonly record struct DrawnClip(ListedClip Clip, ClipFiles Files);
