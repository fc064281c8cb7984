using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>A table whose numbers are made from another table's runs, as written. Columns, seeds and initialisations are those of the other.</summary>
/// <param name="Id">As in <see cref="TableExperiment"/>.</param>
/// <param name="About">As in <see cref="TableExperiment"/>.</param>
/// <param name="Paper">As in <see cref="TableExperiment"/>.</param>
/// <param name="Cost">As in <see cref="TableExperiment"/>.</param>
/// <param name="Printed">CSV file of the paper's numbers, path inside experiments/.</param>
/// <param name="From">The other table.</param>
/// <param name="Rows">Rows in the paper's order.</param>
internal sealed record DerivedFile(
    string Id,
    string About,
    PaperReference Paper,
    IReadOnlyDictionary<string, string> Cost,
    string Printed,
    string From,
    [MinLength(1)] IReadOnlyList<DerivedRow> Rows);
