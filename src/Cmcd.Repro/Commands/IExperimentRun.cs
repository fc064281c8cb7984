using Cmcd.Repro.Pipeline.Planning;

namespace Cmcd.Repro.Commands;

/// <summary>One experiment file, read and checked: what it needs, and the way to measure it.</summary>
internal interface IExperimentRun
{
    /// <summary>Its stages, from settings and data hashes alone: nothing runs, and runs whose data are not there are listed with the reason.</summary>
    ExperimentWork Work();

    /// <summary>Measures everything and writes the results.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="ReproException">It could not run: data, environment, disk.</exception>
    /// <exception cref="OperationCanceledException">The user asked to stop; what is finished is kept.</exception>
    int Execute();
}
