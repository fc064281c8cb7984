using System.Globalization;
using System.Text;

namespace Cmcd.Repro.Results;

/// <summary>cells.csv: one line a cell, in the order given.</summary>
/// <remarks>RFC 4180, UTF-8 without byte order mark, LF, invariant culture; a number that was not measured is an empty field.</remarks>
public static class CellsCsv
{
    private static readonly string[] Header =
    [
        "table", "row", "column", "protocol", "metric", "unit", "tier", "seeds", "mean", "std", "ci95_low", "ci95_high", "paper_value", "delta", "verdict",
        "reason",
    ];

    /// <summary>Writes the file whole, or leaves the one before.</summary>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <param name="cells">The cells in file order.</param>
    /// <exception cref="ArgumentException">A cell stands twice or holds a number that is not finite.</exception>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<CellRow> cells)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(cells);
        foreach (var again in cells.GroupBy(cell => (cell.Cell, cell.Metric)).Where(group => group.Count() > 1))
        {
            throw new ArgumentException($"Cell {again.Key.Cell} ({again.Key.Metric}) stands twice.", nameof(cells));
        }

        ResultFile.Replace(path, CsvText.Of([Header, .. cells.Select(Fields)]));
    }

    /// <summary>Reads the file strictly.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ReproException">
    /// The file is missing; its header is not exactly the contract's; a line has another number of fields, a number that is not finite, an unknown
    /// verdict or a cell that stood before. Names file and line of every fault.
    /// </exception>
    public static IReadOnlyList<CellRow> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string text;
        try
        {
            text = ResultFile.Guard(path, () => ResultFile.Encoding.GetString(File.ReadAllBytes(path)));
        }
        catch (DecoderFallbackException fault)
        {
            throw new ReproException($"{path} is not UTF-8: {fault.Message} Restore the file from version control.", fault);
        }

        var seen = new HashSet<(CellId, string)>();
        return CsvText.Read(path, text, Header, line =>
        {
            var cell = Row(line);
            if (!seen.Add((cell.Cell, cell.Metric)))
            {
                line.Fault($"cell {cell.Cell} ({cell.Metric}) stands twice.");
            }

            return cell;
        });
    }

    private static CellRow Row(CsvLine line)
    {
        var seeds = line.Whole("seeds");
        if (seeds is < 0 or > int.MaxValue)
        {
            line.Fault($"seeds is {seeds}, expected a number of seeds.");
        }

        return new CellRow(
            line.Name("table"), line.Name("row"), line.Name("column"), line.Name("protocol"), line.Name("metric"), line.Name("unit"), line.Name("tier"),
            (int)seeds, line.OptionalNumber("mean"), line.OptionalNumber("std"), line.OptionalNumber("ci95_low"), line.OptionalNumber("ci95_high"),
            line.OptionalNumber("paper_value"), line.OptionalNumber("delta"), line.Choice<Verdict>("verdict"), line.Text("reason"));
    }

    private static string[] Fields(CellRow cell)
    {
        return
        [
            cell.Table, cell.Row, cell.Column, cell.Protocol, cell.Metric, cell.Unit, cell.Tier, cell.Seeds.ToString(CultureInfo.InvariantCulture),
            Number(cell.Mean), Number(cell.Std), Number(cell.Ci95Low), Number(cell.Ci95High), Number(cell.PaperValue), Number(cell.Delta),
            cell.Verdict.ToString(), cell.Reason,
        ];

        string Number(double? value)
        {
            if (value is not { } number)
            {
                return "";
            }

            if (!double.IsFinite(number))
            {
                throw new ArgumentException($"Cell {cell.Cell} holds {number.ToString(CultureInfo.InvariantCulture)}: neither a number nor empty.");
            }

            var text = number.ToString(cell.Unit == "percent" ? "F2" : "0.######", CultureInfo.InvariantCulture);
            return text.AsSpan().ContainsAnyInRange('1', '9') ? text : text.TrimStart('-');   // "-0.00" is not a number anyone means
        }
    }
}
