using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;

namespace Cmcd.Repro.Commands;

/// <summary>Which command an experiment file is run by.</summary>
internal static class ExperimentRuns
{
    /// <summary>Stands for every experiment.</summary>
    public const string All = "all";

    /// <summary>The experiments of the folder, in ordinal order.</summary>
    public static IReadOnlyList<string> Ids(ProjectFolders folders) => [.. new ExperimentFiles(folders.Experiments).Tables().Concat(GapFiles.Ids(folders.Experiments)).Order(StringComparer.Ordinal)];

    /// <summary>Reads and checks the experiment that the options name.</summary>
    /// <exception cref="ReproException">The file or the tier has faults, or the options ask for what it does not have.</exception>
    public static IExperimentRun Open(RunOptions options, RunSession session, CancellationToken stop) => GapFiles.Holds(options.Folders.Experiments, options.Table)
        ? new GapCommand(options, session, stop)
        : new RunCommand(options, session, stop);
}
