using System.Globalization;
using System.Security.Cryptography;

namespace Cmcd.Repro.Results;

/// <summary>One cell as it was approved, or as it would be: its number, what made it, and how far it may move where the bits are not promised.</summary>
/// <param name="Cell">Which cell; <see cref="Mean(IReadOnlyList{ApprovedCell})"/> uses stars.</param>
/// <param name="Metric">Metric name, such as top1.</param>
/// <param name="Unit">Unit of all numbers of this cell.</param>
/// <param name="Tier">smoke, mini or paper.</param>
/// <param name="Seeds">Seeds measured, ascending; empty when not measured.</param>
/// <param name="Values">One value a seed, full precision.</param>
/// <param name="Items">Test items behind each value; 0 when not measured.</param>
/// <param name="Verdict">Why a cell without number has none, such as UNAVAILABLE; null for a measured cell.</param>
/// <param name="Tolerance">Largest allowed move of the mean in another determinism class, in the cell's unit; null: none is allowed.</param>
/// <param name="Origin">Where the tolerance comes from.</param>
/// <param name="Class">The determinism class that measured it: there the same bits are demanded.</param>
/// <param name="Stages">Kinds and versions of the stages behind it, such as "pretrain:1 distill:1 evaluate:1"; empty when not measured.</param>
/// <param name="Keys">SHA-256 over the seeds and their evaluate stages' keys; empty when not measured.</param>
/// <param name="Settings">SHA-256 over the settings apart from the determinism class; empty when not measured.</param>
public sealed record ApprovedCell(
    CellId Cell,
    string Metric,
    string Unit,
    string Tier,
    IReadOnlyList<long> Seeds,
    IReadOnlyList<double> Values,
    int Items,
    Verdict? Verdict,
    double? Tolerance,
    string Origin,
    DeterminismClass Class,
    string Stages,
    string Keys,
    string Settings)
{
    private const string Every = "*";

    /// <summary>Mean over the seeds; null when not measured.</summary>
    public double? MeanValue => Values.Count == 0 ? null : Fold().Mean;

    /// <summary>Sample standard deviation over the seeds; null below two.</summary>
    public double? Std => Values.Count == 0 ? null : Fold().Std;

    /// <summary>It is the mean of the table's measured cells, not a cell of the paper.</summary>
    public bool IsMean => Cell.Row == Every;

    /// <summary>Every cell of a table in file order, without tolerances; last the mean of all measured ones, where they share unit and seeds.</summary>
    /// <exception cref="ReproException">The manifest does not tell the networks' precision.</exception>
    public static IReadOnlyList<ApprovedCell> From(TableResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var determinism = DeterminismClass.Of(results.Manifest);
        var cells = results.Cells.Select(cell => Of(results, cell, determinism)).ToList();
        if (Mean(cells) is { } mean) cells.Add(mean);
        return cells;
    }

    /// <summary>The mean of the measured cells, seed by seed; null where fewer than two are measured or they differ in unit or seeds.</summary>
    /// <remarks>A step that breaks moves many cells one way: their mean has the smaller spread and shows it first.</remarks>
    public static ApprovedCell? Mean(IReadOnlyList<ApprovedCell> cells)
    {
        var measured = cells.Where(cell => cell.Values.Count > 0 && !cell.IsMean).ToArray();
        if (measured.Length < 2 || measured.Any(cell => cell.Unit != measured[0].Unit || !cell.Seeds.SequenceEqual(measured[0].Seeds))) return null;
        return measured[0] with
        {
            Cell = new(measured[0].Cell.Table, Every, Every, Every),
            Values = [.. measured[0].Seeds.Select((_, seed) => measured.Average(cell => cell.Values[seed]))],
            Items = measured.Min(cell => cell.Items),
            Stages = "",
            Keys = Digest(measured.Select(cell => cell.Keys)),
            Settings = Digest(measured.Select(cell => cell.Settings)),
        };
    }

    private static ApprovedCell Of(TableResults results, CellRow cell, DeterminismClass determinism)
    {
        var runs = results.RunsOf(cell.Cell);
        var measured = runs.Count > 0;
        return new(
            cell.Cell, cell.Metric, cell.Unit, cell.Tier, [.. runs.Select(run => run.Seed)], [.. runs.Select(run => run.Value)],
            measured && results.AnswersOf(runs[0]) is { } answers ? answers.Items : 0,
            measured ? null : cell.Verdict, null, "", determinism,
            measured ? string.Join(' ', results.Manifest.VersionsBehind(runs.SelectMany(run => run.Stages))) : "",
            measured ? Digest(runs.Select(run => $"{run.Seed.ToString(CultureInfo.InvariantCulture)} {string.Join(' ', run.Stages)}")) : "",
            measured ? MeasuredSettings.DigestOf(results.Manifest, cell.Cell) : "");
    }

    private Spread Fold() => Cells.Fold(Values);

    private static string Digest(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(ResultFile.Encoding.GetBytes(string.Join('\n', lines))));
}
