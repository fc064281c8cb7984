namespace Cmcd.Repro.Pipeline.Planning;

/// <summary>What one experiment needs before its numbers stand: the stages of each run, and the runs that cannot be made.</summary>
/// <param name="Id">The experiment, such as Table1.</param>
/// <param name="Runs">For each run that can be made, the stages whose outputs give its number: one, or the two of a difference.</param>
/// <param name="Missing">For each run that cannot be made, why.</param>
public sealed record ExperimentWork(string Id, IReadOnlyList<IReadOnlyList<Stage>> Runs, IReadOnlyList<string> Missing)
{
    /// <summary>Every stage behind its runs, each once, parents first.</summary>
    public IReadOnlyList<Stage> Stages { get; } = [.. Runs.SelectMany(Chain).DistinctBy(stage => stage.Key.Hash)];

    /// <summary>Stages that would be made if each run made its own chain.</summary>
    public int Naive { get; } = Runs.Sum(run => Chain(run).DistinctBy(stage => stage.Key.Hash).Count());

    /// <summary>The order in which each experiment ends as early as it can: next is always the one with the fewest stages that none before it makes.</summary>
    /// <remarks>What several need is made once in any order, by the first that comes to it.</remarks>
    public static IReadOnlyList<ExperimentWork> InOrder(IEnumerable<ExperimentWork> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        var left = all.OrderBy(work => work.Id, StringComparer.Ordinal).ToList();
        var (ordered, made) = (new List<ExperimentWork>(), new HashSet<string>(StringComparer.Ordinal));
        while (left.Count > 0)
        {
            var next = left.MinBy(work => work.Stages.Count(stage => !made.Contains(stage.Key.Hash)))!;
            made.UnionWith(next.Stages.Select(stage => stage.Key.Hash));
            left.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static IEnumerable<Stage> Chain(IReadOnlyList<Stage> ends) => ends.SelectMany(end => end.Chain);
}
