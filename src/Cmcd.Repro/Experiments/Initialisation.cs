namespace Cmcd.Repro.Experiments;

/// <summary>Where the student's first weights come from. Departs: experiments/deviations.md#d1.</summary>
public enum Initialisation
{
    /// <summary>The teacher's encoder, as step 1 left it.</summary>
    Source,

    /// <summary>Random numbers keyed by the run's seed.</summary>
    Random,
}
