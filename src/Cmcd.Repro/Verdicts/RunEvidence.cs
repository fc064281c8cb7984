using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>One run behind a cell.</summary>
/// <param name="Run">Its row of runs.csv.</param>
/// <param name="Counted">What was counted in its stored answers, for people.</param>
/// <param name="Chain">The stages that made it, parents before children; the last one measured it.</param>
public sealed record RunEvidence(RunRow Run, string Counted, IReadOnlyList<ManifestStage> Chain);
