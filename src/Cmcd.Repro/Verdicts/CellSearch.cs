using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>Finds the cell that somebody named.</summary>
public static class CellSearch
{
    /// <summary>The one cell at <c>table/row/column</c>, as in <c>Table1/CMC+LE/Sketchy</c>; letters' case does not matter.</summary>
    /// <param name="tier">The tables of one tier.</param>
    /// <param name="address">Table, row id and column id; the protocol may follow as a fourth part, as cells are printed.</param>
    /// <exception cref="ReproException">No cell, or more than one, has that name: says what is near and what is there.</exception>
    public static (TableResults Table, CellRow Cell) Find(IReadOnlyList<TableResults> tier, string address)
    {
        ArgumentNullException.ThrowIfNull(tier);
        ArgumentNullException.ThrowIfNull(address);
        if (address.Split('/') is not ([_, _, _] or [_, _, _, _]) || address.Split('/') is not [var tableName, var rowName, var columnName, .. var rest])
            throw new ReproException($"\"{address}\" is not table/row/column, as in {tier[0].Cells[0].Table}/{tier[0].Cells[0].Row}/{tier[0].Cells[0].Column}.");

        var table = tier.FirstOrDefault(each => Same(each.Table, tableName)) ?? throw Unknown("table", tableName, $"tier {tier[0].Tier}", [.. tier.Select(each => each.Table)]);
        string[] rows = [.. table.Cells.Select(cell => cell.Row).Distinct()];
        string[] meant = rows.Any(row => Same(row, rowName)) ? [rowName] : [.. rows.Where(row => Same(row.Split('+')[0], rowName))];
        if (rest is [var protocol]) meant = [.. meant.Where(row => table.Cells.Any(cell => Same(cell.Row, row) && Same(cell.Protocol, protocol)))];
        if (meant.Length == 0) throw Unknown("row", rest is [var asked] ? $"{rowName}\" with protocol \"{asked}" : rowName, table.Table, rows);
        if (meant.Length > 1) throw new ReproException($"{table.Table} has {meant.Length} rows of {rowName}: {string.Join(", ", meant)}. The protocol is part of the row: {table.Table}/{meant[0]}/{columnName}.");

        string[] columns = [.. table.Cells.Where(cell => Same(cell.Row, meant[0])).Select(cell => cell.Column).Distinct()];
        if (!columns.Any(column => Same(column, columnName))) throw Unknown("column", columnName, table.Table, columns);
        return (table, table.Cells.First(cell => Same(cell.Row, meant[0]) && Same(cell.Column, columnName)));
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static ReproException Unknown(string noun, string name, string place, string[] known) =>
        new($"There is no {noun} \"{name}\" in {place}.{NearMiss.Suggestion(name, known)} It has: {string.Join(", ", known)}.");
}
