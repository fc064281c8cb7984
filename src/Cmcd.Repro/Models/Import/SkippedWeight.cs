namespace Cmcd.Repro.Models.Import;

/// <summary>Something a weight file holds and an encoder has no place for.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="Reason">Why it is left out.</param>
public sealed record SkippedWeight(string Name, string Reason);
