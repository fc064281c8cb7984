namespace Cmcd.Repro.Verdicts;

/// <summary>The paper held against its own numbers.</summary>
/// <param name="Findings">Every claim, in order.</param>
/// <param name="PrintedCells">How many numbers the five tables print.</param>
/// <param name="Derived">Those among them that repeat or follow from others.</param>
/// <param name="Columns">Columns of <paramref name="Gains"/>.</param>
/// <param name="Distances">The printed total variation distance of each column, as a fraction.</param>
/// <param name="Gains">Table 2 on every scale.</param>
public sealed record AuditReport(
    IReadOnlyList<AuditFinding> Findings,
    int PrintedCells,
    IReadOnlyList<DerivedCell> Derived,
    IReadOnlyList<string> Columns,
    IReadOnlyList<double> Distances,
    IReadOnlyList<GainRow> Gains);
