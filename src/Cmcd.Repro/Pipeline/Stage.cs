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
    /// <summary>What kind of work it is, for counting: pretrain, distill, SSL, PreSSL, LE, FT, chance. The title's first word.</summary>
    public string Kind => Title.Split(' ')[0];

    /// <summary>All that it stands on, parents first, then itself; what it reads by two ways stands there twice.</summary>
    public IEnumerable<Stage> Chain => Parents.SelectMany(parent => parent.Chain).Append(this);

    /// <summary>Updates of its training in all, over all draws; 0 where nothing is trained.</summary>
    public int Updates { get; init; }

    /// <summary>Multiply-adds of its networks' convolutions in all, backward passes counted as two forward ones; for a plan where nothing can be timed.</summary>
    public double MultiplyAdds { get; init; }

    /// <summary>Hash of the whole sets behind its data, whatever share of them it reads: beside the settings it decides how long an update takes.</summary>
    public string Data { get; init; } = "";

    /// <summary>What decides how long it takes, where that is less than its settings and data say; absent: those.</summary>
    public string? Costs { get; init; }

    /// <summary>The network that it leaves as its output; null if none.</summary>
    public EncoderSettings? Makes { get; init; }

    /// <summary>Networks that take the first parent's weights; empty when it starts from random ones.</summary>
    public IReadOnlyList<EncoderSettings> Loads { get; init; } = [];
}
