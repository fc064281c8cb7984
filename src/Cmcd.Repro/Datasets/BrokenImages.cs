namespace Cmcd.Repro.Datasets;

/// <summary>What happens to files that are no whole images.</summary>
public enum BrokenImages
{
    /// <summary>One error names them.</summary>
    Refuse,

    /// <summary>They are left out with their pairs, and counted.</summary>
    LeaveOut,
}
