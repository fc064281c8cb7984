using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Results;
using Cmcd.Repro.Results.Gap;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Reports;

/// <summary>Everything a report is made of: it reads no file, clock or environment of its own.</summary>
/// <param name="Tables">The tables of one tier with their experiments, in the order of the report; at least one.</param>
/// <param name="Claims">What the tier's runs say about the paper's sentences; may be empty.</param>
/// <param name="Audit">What the paper's own numbers say about them.</param>
/// <param name="Deviations">Text of deviations.md.</param>
/// <param name="Data">Text of the data folder's README: sources and licences.</param>
public sealed record ReportInput(
    IReadOnlyList<(TableResults Results, TableExperiment Experiment)> Tables, IReadOnlyList<ClaimVerdict> Claims, AuditReport Audit,
    string Deviations, string Data)
{
    /// <summary>Gap experiments of the tier with every level that was measured.</summary>
    public IReadOnlyList<(GapExperiment Experiment, IReadOnlyList<GapRow> Levels)> Gaps { get; init; } = [];
}
