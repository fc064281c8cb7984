namespace Cmcd.Repro.Pipeline;

/// <summary>What a step leaves: numbers for its record and files in the work folder.</summary>
/// <param name="Metrics">Measured numbers and sentinels' facts by name.</param>
/// <param name="Files">Output files, relative to the work folder.</param>
public sealed record StepResult(IReadOnlyDictionary<string, object> Metrics, IReadOnlyList<string> Files);
