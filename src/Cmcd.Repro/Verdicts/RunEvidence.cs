using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>One run behind a cell.</summary>
/// <param name="Run">Its row of runs.csv.</param>
/// <param name="Right">Test items answered right, counted from the stored predictions.</param>
/// <param name="Items">Test items.</param>
/// <param name="Chain">The stages that made it, parents before children; the last one measured it.</param>
public sealed record RunEvidence(RunRow Run, int Right, int Items, IReadOnlyList<ManifestStage> Chain);
