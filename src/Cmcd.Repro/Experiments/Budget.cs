namespace Cmcd.Repro.Experiments;

/// <summary>What step 2 keeps when it sees a share of the pairs only. Departs: experiments/deviations.md#d43.</summary>
public enum Budget
{
    /// <summary>The number of epochs: less data is also less training.</summary>
    Epochs,

    /// <summary>The number of updates that all pairs would give: less data is seen more often.</summary>
    Updates,
}
