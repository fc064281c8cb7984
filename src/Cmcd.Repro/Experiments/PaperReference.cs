using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>Where in the paper a table or figure stands.</summary>
/// <param name="Arxiv">arXiv identifier with version.</param>
/// <param name="Table">The table's number; at least 1; absent for a figure.</param>
/// <param name="Figure">The figure's number; at least 1; absent for a table.</param>
/// <param name="Section">Number and title of the section that discusses it.</param>
public sealed record PaperReference(string Arxiv, [Range(1, 99)] int? Table, [Range(1, 99)] int? Figure, string Section) : ISelfChecked
{
    /// <summary>Table 1, or Figure 1.</summary>
    public string Name => FormattableString.Invariant($"{(Table is null ? "Figure" : "Table")} {Table ?? Figure}");

    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if (Table is null == Figure is null) yield return ("section", "it beside either a table or a figure");
    }
}
