namespace Cmcd.Repro.Experiments;

/// <summary>One column of a table. What it is made of stands in its cells: <see cref="TableExperiment.Cell"/>.</summary>
/// <param name="Id">As in the header of the printed numbers; unique in its table.</param>
/// <param name="Label">The column's name as the paper prints it.</param>
public sealed record ColumnSettings(string Id, string Label);
