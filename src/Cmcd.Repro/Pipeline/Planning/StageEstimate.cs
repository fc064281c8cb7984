namespace Cmcd.Repro.Pipeline.Planning;

/// <summary>How long a stage will take.</summary>
/// <param name="Seconds">Seconds; null where it could not be timed.</param>
/// <param name="Origin">What the number rests on.</param>
/// <param name="Fault">Why it could not be timed; empty where it could.</param>
public readonly record struct StageEstimate(double? Seconds, EstimateOrigin Origin, string Fault);
