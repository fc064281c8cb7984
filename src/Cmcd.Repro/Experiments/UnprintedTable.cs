using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>Cells that a claim needs and the paper does not print: a figure without numbers, an experiment that only we make.</summary>
/// <param name="About">What they are, and why there are no numbers.</param>
/// <param name="Rows">Row names.</param>
/// <param name="Columns">Column names.</param>
public sealed record UnprintedTable(string About, [MinLength(1)] IReadOnlyList<string> Rows, [MinLength(1)] IReadOnlyList<string> Columns);
