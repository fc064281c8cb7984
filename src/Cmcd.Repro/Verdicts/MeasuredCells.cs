using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>The cells of one tier's tables, by the paper's address.</summary>
internal sealed class MeasuredCells
{
    private readonly Dictionary<CellAddress, (TableResults Table, CellRow Row)> _cells = [];
    private readonly Dictionary<CellAddress, IReadOnlyDictionary<long, double>> _values = [];
    private readonly Dictionary<CellAddress, ItemScores?> _scores = [];

    public MeasuredCells(IEnumerable<TableResults> tables)
    {
        foreach (var table in tables)
            foreach (var row in table.Cells) _cells.TryAdd(new(row.Table, row.Row, row.Column), (table, row));
    }

    /// <summary>The cell's line of cells.csv; null where its table was not run.</summary>
    public CellRow? Row(CellAddress cell) => _cells.TryGetValue(cell, out var found) ? found.Row : null;

    /// <summary>The cell has runs, and they are of this version.</summary>
    public bool IsMeasured(CellAddress cell) => Row(cell) is { Seeds: > 0, Verdict: not Verdict.STALE };

    /// <summary>Value by seed; empty where nothing was measured.</summary>
    public IReadOnlyDictionary<long, double> Values(CellAddress cell)
    {
        if (_values.TryGetValue(cell, out var known)) return known;
        IReadOnlyList<RunRow> runs = _cells.TryGetValue(cell, out var found) ? found.Table.RunsOf(found.Row.Cell) : [];
        return _values[cell] = runs.ToDictionary(run => run.Seed, run => run.Value);
    }

    /// <summary>What each test item contributed, by seed; null where no answers of the cell's metric are stored.</summary>
    public ItemScores? Scores(CellAddress cell)
    {
        if (_scores.TryGetValue(cell, out var known)) return known;
        return _scores[cell] = _cells.TryGetValue(cell, out var found) ? ItemScores.Of(found.Table, found.Row, found.Table.RunsOf(found.Row.Cell)) : null;
    }

    /// <summary>Mean over all seeds of a measured cell.</summary>
    public double Mean(CellAddress cell) => Values(cell).Values.Average();

    /// <summary>Which cell of our results the address is; the protocol of one that was not run is what its row's name ends with.</summary>
    public CellId Id(CellAddress cell) =>
        Row(cell)?.Cell ?? new(cell.Table, cell.Row, cell.Column, cell.Row.Contains('+', StringComparison.Ordinal) ? cell.Row.Split('+')[^1] : "");
}
