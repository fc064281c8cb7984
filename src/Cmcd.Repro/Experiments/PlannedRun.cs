namespace Cmcd.Repro.Experiments;

/// <summary>One cell at one seed and one initialisation, before any work.</summary>
/// <param name="Row">The cell's row.</param>
/// <param name="Column">The cell's column.</param>
/// <param name="Cell">What the cell is made of.</param>
/// <param name="Seed">Seed of every random number of the run.</param>
/// <param name="Init">The student's first weights.</param>
/// <param name="UnavailableReason">Why the run cannot be made in this tier; null if it can.</param>
public sealed record PlannedRun(RowSettings Row, ColumnSettings Column, CellSettings Cell, long Seed, Initialisation Init, string? UnavailableReason)
{
    /// <summary>The run whose number is taken off this one's; null for a number of its own.</summary>
    public PlannedRun? Over { get; init; }
}
