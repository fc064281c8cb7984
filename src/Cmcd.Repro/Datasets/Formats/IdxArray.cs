namespace Cmcd.Repro.Datasets.Formats;

/// <summary>An array of bytes as an idx file holds it.</summary>
/// <param name="Shape">[N] or [N, H, W].</param>
/// <param name="Data">Values, last dimension fastest.</param>
public sealed record IdxArray(IReadOnlyList<int> Shape, byte[] Data);
