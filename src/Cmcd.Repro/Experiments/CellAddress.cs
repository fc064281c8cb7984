namespace Cmcd.Repro.Experiments;

/// <summary>A cell of the paper's tables. Written Table1/CMC+LE/Sketchy.</summary>
/// <param name="Table">Table1 to Table5, or what the paper shows without numbers, such as Figure1.</param>
/// <param name="Row">The row's key columns, joined by "+".</param>
/// <param name="Column">The column's header.</param>
public readonly record struct CellAddress(string Table, string Row, string Column)
{
    /// <summary>Reads the three parts.</summary>
    /// <exception cref="ArgumentException">They are not three parts with slashes between.</exception>
    public static CellAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var table, var row, var column]
            ? new(table, row, column)
            : throw new ArgumentException($"\"{text}\" is no address. Expected table/row/column.", nameof(text));
    }

    /// <summary>The three parts with slashes between.</summary>
    public override string ToString() => $"{Table}/{Row}/{Column}";
}
