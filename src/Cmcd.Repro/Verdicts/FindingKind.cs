namespace Cmcd.Repro.Verdicts;

/// <summary>What sort of difference a regression finding is; the names are printed as they stand.</summary>
public enum FindingKind
{
    /// <summary>A row, column or cell was approved and is not there.</summary>
    MISSING,

    /// <summary>A row, column or cell is there and was never approved.</summary>
    EXTRA,

    /// <summary>A cell has no number, or one that is not finite, where a number was approved.</summary>
    NO_NUMBER,

    /// <summary>Metric, unit, or the reason for having no number changed.</summary>
    CHANGED,

    /// <summary>More or fewer seeds than approved.</summary>
    SEEDS,

    /// <summary>Results of another table or tier.</summary>
    FOREIGN,

    /// <summary>The mean moved further than the tolerance, up or down.</summary>
    MOVED,

    /// <summary>Versions or settings moved without new approved numbers, or numbers moved without a version.</summary>
    STALE,

    /// <summary>A protocol sentinel is missing or contradicts the results.</summary>
    PROTOCOL,

    /// <summary>The approved file or the approval log was changed by other means than the approve command.</summary>
    UNSIGNED,
}
