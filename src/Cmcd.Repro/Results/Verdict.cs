namespace Cmcd.Repro.Results;

/// <summary>What can be said about a cell or a claim: one of these and never nothing.</summary>
/// <remarks>The names are written into cells.csv as they stand.</remarks>
public enum Verdict
{
    /// <summary>Measured under the paper's protocol, and the paper's statement holds.</summary>
    REPRODUCED,

    /// <summary>Measured under the paper's protocol, and the paper's statement does not hold.</summary>
    CONTRADICTED,

    /// <summary>Measured, but the runs cannot decide.</summary>
    INCONCLUSIVE,

    /// <summary>Not measured, or measured in a tier that says nothing about the printed value.</summary>
    NOT_TESTED,

    /// <summary>Measured by another version of the program or settings.</summary>
    STALE,

    /// <summary>Its data or network cannot be had.</summary>
    UNAVAILABLE,
}
