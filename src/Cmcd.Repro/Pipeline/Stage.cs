using Cmcd.Repro.Caching;
using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Pipeline;

/// <summary>One node of the work: a key that says what it is, and how to make it when it is not stored.</summary>
/// <param name="Key">Everything that decides its numbers.</param>
/// <param name="Title">A short name for people, such as "distill CMC, seed 0".</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Parents">Stages whose output folders it reads, in the order <paramref name="Run"/> expects.</param>
/// <param name="Run">The work: context and parents' folders to what was measured.</param>
public sealed record Stage(
    StageKey Key, string Title, long Seed, IReadOnlyList<Stage> Parents, Func<StepContext, IReadOnlyList<string>, StepResult> Run)
{
    /// <summary>Networks that take the first parent's weights; empty when it starts from random ones.</summary>
    public IReadOnlyList<EncoderSettings> Loads { get; init; } = [];
}
