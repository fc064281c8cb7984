using Cmcd.Repro.Caching;

namespace Cmcd.Repro.Pipeline;

/// <summary>A stage that is there.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Folder">Where its files lie, verified against their hashes.</param>
/// <param name="Record">What was stored with it.</param>
/// <param name="Cached">It was stored before; nothing ran.</param>
/// <param name="Reason">Why it was run or why not.</param>
public sealed record StageOutput(Stage Stage, string Folder, StageRecord Record, bool Cached, string Reason);
