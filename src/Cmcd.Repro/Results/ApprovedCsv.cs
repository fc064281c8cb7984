using System.Globalization;
using System.Security.Cryptography;

namespace Cmcd.Repro.Results;

/// <summary>&lt;tier&gt;.&lt;table&gt;.approved.csv: the numbers that a fresh run is held against, one line a cell.</summary>
/// <remarks>
/// RFC 4180, UTF-8 without byte order mark, LF, invariant culture, full precision. seeds and values are lists with blanks between; a cell without number
/// keeps its line with a verdict. Only the approve command writes it: <see cref="ApprovalLog"/> knows its hash.
/// </remarks>
public static class ApprovedCsv
{
    private static readonly string[] Header =
    [
        "table", "row", "column", "protocol", "metric", "unit", "tier", "seeds", "mean", "std", "values", "items", "verdict", "tolerance", "origin",
        "device", "threads", "precision", "processor", "stages", "keys", "settings",
    ];

    /// <summary>Name of a table's approved file.</summary>
    public static string FileOf(string tier, string table) => $"{tier}.{table}.approved.csv";

    /// <summary>Name of the file with what was found instead; never committed.</summary>
    public static string ReceivedFileOf(string tier, string table) => $"{tier}.{table}.received.csv";

    /// <summary>The file's text; equal cells give equal text.</summary>
    /// <exception cref="ArgumentException">A cell stands twice or a number is not finite.</exception>
    public static string TextOf(IReadOnlyList<ApprovedCell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        foreach (var again in cells.GroupBy(cell => (cell.Cell, cell.Metric)).Where(group => group.Count() > 1))
            throw new ArgumentException($"Cell {again.Key.Cell} ({again.Key.Metric}) stands twice.", nameof(cells));
        return CsvText.Of([Header, .. cells.Select(Fields)]);
    }

    /// <summary>SHA-256 of a text as the file would hold it.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(ResultFile.Encoding.GetBytes(text)));

    /// <summary>SHA-256 of a file's bytes; null if it does not exist.</summary>
    /// <exception cref="ReproException">It cannot be read.</exception>
    public static string? HashOfFile(string path) =>
        ResultFile.Guard(path, () => File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : null);

    /// <summary>Writes the file whole, or leaves the one before.</summary>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<ApprovedCell> cells) => ResultFile.Replace(path, TextOf(cells));

    /// <summary>Reads the file strictly.</summary>
    /// <exception cref="ReproException">It is missing, cut, not UTF-8 or of another version; a line is faulty or contradicts itself. Names file and line of every fault.</exception>
    public static IReadOnlyList<ApprovedCell> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string text;
        try
        {
            text = ResultFile.Guard(path, () => ResultFile.Encoding.GetString(File.ReadAllBytes(path)));
        }
        catch (System.Text.DecoderFallbackException fault)
        {
            throw new ReproException($"{path} is not UTF-8: {fault.Message} Restore the file from version control.", fault);
        }

        var seen = new HashSet<(CellId, string)>();
        var cells = CsvText.Read(path, text, Header, line =>
        {
            var cell = Row(line);
            if (!seen.Add((cell.Cell, cell.Metric))) line.Fault($"cell {cell.Cell} ({cell.Metric}) stands twice.");
            return cell;
        });
        return cells.Count > 0 ? cells : throw new ReproException($"{path} holds no cell. {CsvText.Advice}");
    }

    private static ApprovedCell Row(CsvLine line)
    {
        var seeds = List(line, "seeds", text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? seed : (long?)null);
        var values = List(line, "values", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : (double?)null);
        var verdict = line.Text("verdict").Length == 0 ? (Verdict?)null : line.Choice<Verdict>("verdict");
        if (values.Count != seeds.Count) line.Fault($"{values.Count} values for {seeds.Count} seeds.");
        if (verdict.HasValue == (values.Count > 0)) line.Fault("a measured cell has values and no verdict, any other a verdict and no values.");
        if (!seeds.SequenceEqual(seeds.Distinct().Order())) line.Fault($"seeds are \"{line.Text("seeds")}\", expected each once, ascending.");
        var cell = new ApprovedCell(
            new(line.Name("table"), line.Name("row"), line.Name("column"), line.Name("protocol")), line.Name("metric"), line.Name("unit"), line.Name("tier"),
            seeds, values, (int)line.Whole("items"), verdict, line.OptionalNumber("tolerance"), line.Text("origin"),
            new(line.Name("device"), (int)line.Whole("threads"), line.Name("precision"), line.Name("processor")),
            line.Text("stages"), line.Text("keys"), line.Text("settings"));
        foreach (var (column, stored, folded) in new[] { ("mean", line.OptionalNumber("mean"), cell.MeanValue), ("std", line.OptionalNumber("std"), cell.Std) })
            if (stored != folded) line.Fault($"{column} is \"{line.Text(column)}\", its values give {Number(folded)}.");
        return cell;
    }

    private static List<T> List<T>(CsvLine line, string column, Func<string, T?> parse) where T : struct
    {
        var items = new List<T>();
        foreach (var text in line.Text(column).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (parse(text) is { } item) items.Add(item);
            else line.Fault($"{column} holds \"{text}\", expected finite numbers with blanks between.");
        }

        return items;
    }

    private static string[] Fields(ApprovedCell cell)
    {
        if (!cell.Values.All(double.IsFinite) || cell.Tolerance is { } tolerance && !double.IsFinite(tolerance))
            throw new ArgumentException($"Cell {cell.Cell} holds a number that is not finite.", nameof(cell));
        return
        [
            cell.Cell.Table, cell.Cell.Row, cell.Cell.Column, cell.Cell.Protocol, cell.Metric, cell.Unit, cell.Tier,
            string.Join(' ', cell.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture))), Number(cell.MeanValue), Number(cell.Std),
            string.Join(' ', cell.Values.Select(value => Number(value))), cell.Items.ToString(CultureInfo.InvariantCulture), cell.Verdict?.ToString() ?? "",
            Number(cell.Tolerance), cell.Origin, cell.Class.Device, cell.Class.Threads.ToString(CultureInfo.InvariantCulture), cell.Class.Precision, cell.Class.Processor,
            cell.Stages, cell.Keys, cell.Settings,
        ];
    }

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
