namespace Cmcd.Repro.Results;

/// <summary>One cell over its seeds, as cells.csv holds it.</summary>
/// <param name="Table">Experiment file, such as Table1.</param>
/// <param name="Row">Row id.</param>
/// <param name="Column">Column id.</param>
/// <param name="Protocol">LE or FT, or what the experiment names.</param>
/// <param name="Metric">Metric name, such as top1.</param>
/// <param name="Unit">Unit of all numbers of this row; "percent" is written with two decimals, others with up to six.</param>
/// <param name="Tier">smoke, mini or paper.</param>
/// <param name="Seeds">Number of seeds measured; 0 when not measured.</param>
/// <param name="Mean">Mean over seeds; null when not measured.</param>
/// <param name="Std">Sample standard deviation (n - 1); null below two seeds.</param>
/// <param name="Ci95Low">Lower end of the mean's 95 % Student-t interval; null below two seeds.</param>
/// <param name="Ci95High">Upper end; null below two seeds.</param>
/// <param name="PaperValue">The printed value; null where the paper prints none.</param>
/// <param name="Delta">Mean minus printed value, from unrounded numbers; null without both.</param>
/// <param name="Verdict">What can be said.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record CellRow(
    string Table,
    string Row,
    string Column,
    string Protocol,
    string Metric,
    string Unit,
    string Tier,
    int Seeds,
    double? Mean,
    double? Std,
    double? Ci95Low,
    double? Ci95High,
    double? PaperValue,
    double? Delta,
    Verdict Verdict,
    string Reason)
{
    /// <summary>Which cell of the paper this is.</summary>
    public CellId Cell => new(Table, Row, Column, Protocol);
}
