namespace Cmcd.Repro.Experiments;

/// <summary>One row of a table. What it is made of stands in its cells: <see cref="TableExperiment.Cell"/>.</summary>
/// <param name="Id">As in the printed numbers: their key columns joined by "+", as in CMC+LE; unique in its table.</param>
/// <param name="Label">The row's name as the paper prints it.</param>
/// <param name="Protocol">The protocol of all its cells.</param>
/// <param name="Method">How the students of its cells are trained; several are joined by a comma.</param>
public sealed record RowSettings(string Id, string Label, Protocol Protocol, string Method);
