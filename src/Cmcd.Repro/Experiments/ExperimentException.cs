namespace Cmcd.Repro.Experiments;

/// <summary>Experiment files that cannot be used, with everything that is wrong with them.</summary>
public sealed class ExperimentException : ReproException
{
    /// <param name="faults">Each says where, what was found and what is expected; at least one.</param>
    public ExperimentException(IReadOnlyList<string> faults) : base(string.Join('\n', faults)) => Faults = faults;

    /// <summary>The faults, in the order they were found.</summary>
    public IReadOnlyList<string> Faults { get; }
}
