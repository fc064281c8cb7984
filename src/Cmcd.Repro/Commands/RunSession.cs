using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Pipeline;

namespace Cmcd.Repro.Commands;

/// <summary>What the experiments of one process share: data sets opened once, one store, and what has happened to stages so far.</summary>
internal sealed class RunSession(ProjectFolders folders)
{
    /// <summary>Opens data sets by name, each once.</summary>
    public DatasetCatalogue Data { get; } = new(folders.Data, folders.Generated);

    /// <summary>Finished stages.</summary>
    public StageStore Stages { get; } = folders.OpenStages();

    /// <summary>Stages that failed, by key: no other experiment tries them again.</summary>
    public Dictionary<string, StageFailedException> Failures { get; } = [];

    /// <summary>What every experiment obtained, in order; a stage stands here once for each experiment that asked.</summary>
    public List<StageOutput> Outputs { get; } = [];
}
