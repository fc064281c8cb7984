using Cmcd.Repro.Caching;

namespace Cmcd.Repro.Pipeline.Planning;

/// <summary>Several experiments over one store, before any work: what is there, and why the rest is not. Making it changes nothing.</summary>
public sealed class WorkPlan
{
    private readonly Dictionary<string, PlannedStage> _stages;

    /// <param name="experiments">The experiments, in the order in which they are to run.</param>
    /// <param name="store">Where finished stages are kept.</param>
    /// <exception cref="ReproException">The store cannot be read.</exception>
    public WorkPlan(IReadOnlyList<ExperimentWork> experiments, StageStore store)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        ArgumentNullException.ThrowIfNull(store);
        Experiments = experiments;
        _stages = experiments.SelectMany(work => work.Stages.Select(stage => (Stage: stage, work.Id))).DistinctBy(first => first.Stage.Key.Hash).ToDictionary(
            first => first.Stage.Key.Hash,
            first =>
            {
                var (record, reason) = store.Look(first.Stage.Key);
                return new PlannedStage(first.Stage, first.Id, record is not null, reason);
            },
            StringComparer.Ordinal);
    }

    /// <summary>The experiments, in the order given.</summary>
    public IReadOnlyList<ExperimentWork> Experiments { get; }

    /// <summary>Every stage, once, in the order in which they are met.</summary>
    public IReadOnlyCollection<PlannedStage> Stages => _stages.Values;

    /// <summary>Stages that would be made if each run of each experiment made its own chain.</summary>
    public int Naive => Experiments.Sum(work => work.Naive);

    /// <summary>What is still to be made.</summary>
    public IEnumerable<PlannedStage> Left => Stages.Where(stage => !stage.IsStored);

    /// <summary>The stages of one experiment.</summary>
    public IEnumerable<PlannedStage> Of(ExperimentWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.Stages.Select(stage => _stages[stage.Key.Hash]);
    }
}
