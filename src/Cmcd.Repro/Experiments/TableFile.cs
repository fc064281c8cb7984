using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>A table file as written, recipes expanded and tier merged. The fields are those of <see cref="TableExperiment"/>.</summary>
internal sealed record TableFile(
    string Id,
    string About,
    PaperReference Paper,
    IReadOnlyDictionary<string, string> Cost,
    string Printed,
    [MinLength(1), Range(0, (double)uint.MaxValue)] IReadOnlyList<long> Seeds,
    [MinLength(1)] IReadOnlyList<Initialisation> Inits,
    EncoderSettings Teacher,
    EncoderSettings Student,
    SimClrSettings Step1,
    [MinLength(1)] IReadOnlyList<ColumnSettings> Columns,
    [MinLength(1)] IReadOnlyList<RowSettings> Rows) : ISelfChecked
{
    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if (Seeds.Distinct().Count() < Seeds.Count) yield return ("seeds", "each seed once");
        if (Inits.Distinct().Count() < Inits.Count) yield return ("inits", "each initialisation once");
    }
}
