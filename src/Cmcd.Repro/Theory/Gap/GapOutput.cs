namespace Cmcd.Repro.Theory.Gap;

/// <summary>What a stage of the gap experiment leaves: numbers for its record and files in its folder.</summary>
/// <param name="Metrics">Measured numbers by name.</param>
/// <param name="Files">Output files, relative to the folder.</param>
public sealed record GapOutput(IReadOnlyDictionary<string, object> Metrics, IReadOnlyList<string> Files);
