using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>A table file as written. The fields are those of <see cref="TableExperiment"/>; Part is what all its cells share.</summary>
/// <param name="Id">As in <see cref="TableExperiment"/>.</param>
/// <param name="About">As in <see cref="TableExperiment"/>.</param>
/// <param name="Paper">Absent for a table that is ours alone.</param>
/// <param name="Cost">As in <see cref="TableExperiment"/>.</param>
/// <param name="Printed">CSV file of the paper's numbers, path inside experiments/; absent where the paper prints none.</param>
/// <param name="Unprinted">Why the paper prints none; exactly where Printed is absent.</param>
/// <param name="Seeds">As in <see cref="TableExperiment"/>.</param>
/// <param name="Inits">As in <see cref="TableExperiment"/>.</param>
/// <param name="Roles">What plays a role in this table alone, as a user's own pairs; over the tier's. Absent: the tier's roles stand.</param>
/// <param name="Part">What a row or column does not say otherwise.</param>
/// <param name="Columns">Columns in the paper's order.</param>
/// <param name="Rows">Rows in the paper's order.</param>
internal sealed record TableFile(
    string Id,
    string About,
    PaperReference? Paper,
    IReadOnlyDictionary<string, string> Cost,
    string? Printed,
    string? Unprinted,
    [MinLength(1), Range(0, (double)uint.MaxValue)] IReadOnlyList<long> Seeds,
    [MinLength(1)] IReadOnlyList<Initialisation> Inits,
    IReadOnlyDictionary<string, RoleSettings>? Roles,
    [Inline] CellPart Part,
    [MinLength(1)] IReadOnlyList<TablePart> Columns,
    [MinLength(1)] IReadOnlyList<TablePart> Rows) : ISelfChecked
{
    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if (Seeds.Distinct().Count() < Seeds.Count) yield return ("seeds", "each seed once");
        if (Inits.Distinct().Count() < Inits.Count) yield return ("inits", "each initialisation once");
        if (Printed is not null && Unprinted is not null) yield return ("unprinted", "it only where printed is absent");
        if (Printed is null && Unprinted is null) yield return ("id", $"it beside printed (a file of the paper's numbers) or unprinted (why there are none)");
    }
}
