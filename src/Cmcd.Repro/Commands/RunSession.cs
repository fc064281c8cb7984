using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;

namespace Cmcd.Repro.Commands;

/// <summary>What the experiments of one process share: data sets opened once, one store, and what has happened to stages so far.</summary>
/// <param name="folders">Where everything lies.</param>
/// <param name="nominal">The paper's data by their printed sizes alone, for a plan.</param>
internal sealed class RunSession(ProjectFolders folders, bool nominal = false)
{
    /// <summary>Opens data sets by name, each once.</summary>
    public DatasetCatalogue Data { get; } = folders.OpenData(nominal);

    /// <summary>Finished stages.</summary>
    public StageStore Stages { get; } = folders.OpenStages();

    /// <summary>Stages that failed, by key: no other experiment tries them again.</summary>
    public Dictionary<string, StageFailedException> Failures { get; } = [];

    /// <summary>What every experiment obtained, in order; a stage stands here once for each experiment that asked.</summary>
    public List<StageOutput> Outputs { get; } = [];

    /// <summary>Data sets and weights that play a role in a tier.</summary>
    public static IEnumerable<string> Names(TierSettings tier) => tier.Roles.Values.SelectMany(role => role switch
    {
        DatasetSettings set => [set.Name],
        WeightsSettings weights => weights.ByWidth.Values,
        _ => (IEnumerable<string>)[],
    }).Distinct();

    /// <summary>The table as it can be run here: roles whose data are the paper's and not on this machine say so.</summary>
    public TableExperiment Available(TableExperiment experiment)
    {
        var missing = new Dictionary<string, RoleSettings>();
        foreach (var (name, role) in experiment.Tier.Roles)
        {
            if (role is DatasetSettings set && Data.Missing(set.Name) is { } reason) missing[name] = new UnavailableRole(reason);
            else if (role is WeightsSettings weights)
            {
                var lacking = weights.ByWidth.Select(width => (width.Key, Reason: Data.Missing(width.Value))).Where(width => width.Reason is not null).ToDictionary(width => width.Key, width => width.Reason!);
                if (lacking.Count > 0) missing[name] = weights with { Missing = lacking };
            }
        }

        return missing.Count == 0 ? experiment : experiment.With(missing);
    }
}
