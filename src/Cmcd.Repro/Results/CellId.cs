namespace Cmcd.Repro.Results;

/// <summary>Which cell of the paper a number belongs to.</summary>
/// <param name="Table">Experiment file, such as Table1.</param>
/// <param name="Row">Row id in that file.</param>
/// <param name="Column">Column id in that file.</param>
/// <param name="Protocol">LE (linear evaluation) or FT (fine-tuning), or what the experiment names.</param>
public readonly record struct CellId(string Table, string Row, string Column, string Protocol)
{
    /// <summary>The four parts with slashes between.</summary>
    public override string ToString() => $"{Table}/{Row}/{Column}/{Protocol}";
}
