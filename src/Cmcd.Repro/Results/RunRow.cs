namespace Cmcd.Repro.Results;

/// <summary>One run: one cell at one seed.</summary>
/// <param name="Table">Experiment file, such as Table1.</param>
/// <param name="Row">Row id.</param>
/// <param name="Column">Column id.</param>
/// <param name="Protocol">LE or FT, or what the experiment names.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Value">The measured metric in its own unit, full precision, finite.</param>
/// <param name="StageKey">Hash of the stage that measured it.</param>
/// <param name="ParentKeys">Hashes of its parent stages, joined by a blank; of a difference, the two stages that it is the difference of, the first being <paramref name="StageKey"/>.</param>
/// <param name="Device">cpu or cuda.</param>
/// <param name="Seconds">Time the run took, in seconds.</param>
/// <param name="Init">How the student started.</param>
public sealed record RunRow(
    string Table,
    string Row,
    string Column,
    string Protocol,
    long Seed,
    double Value,
    string StageKey,
    string ParentKeys,
    string Device,
    double Seconds,
    string Init)
{
    /// <summary>The cell it belongs to.</summary>
    public CellId Cell => new(Table, Row, Column, Protocol);

    /// <summary>The stage whose number was taken off; null for a number of its own.</summary>
    public string? Over => ParentKeys.Split(' ') is [var own, var other] && own == StageKey ? other : null;

    /// <summary>The stages that measured it: one, or the two of a difference.</summary>
    public IReadOnlyList<string> Stages => Over is { } over ? [StageKey, over] : [StageKey];
}
