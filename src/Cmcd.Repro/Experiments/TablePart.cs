namespace Cmcd.Repro.Experiments;

/// <summary>A row or a column as written.</summary>
/// <param name="Id">Unique among its kind in the table.</param>
/// <param name="Label">As the paper prints it.</param>
/// <param name="Part">What it says about its cells.</param>
internal sealed record TablePart(string Id, string Label, [Inline] CellPart Part);
