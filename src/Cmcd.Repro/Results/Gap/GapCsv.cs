using System.Globalization;

namespace Cmcd.Repro.Results.Gap;

/// <summary>levels.csv and summary.csv of a gap experiment: equal rows give equal bytes.</summary>
public static class GapCsv
{
    /// <summary>Name of the file of levels in a gap experiment's results.</summary>
    public const string LevelsFile = "levels.csv";

    private static readonly string[] Leading = ["knob", "level", "setting", "seed", "method", "protocol", "top1"];

    private static readonly string[] Summary = ["statistic", "knob", "quantity", "method", "protocol", "outcome", "value", "low", "high", "predicted", "found", "seeds"];

    /// <summary>Writes levels.csv: the scales, then the measures, are columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">At least one; all with the same scales and measures.</param>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public static void WriteLevels(string path, IReadOnlyList<GapRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        string[] outcomes = [.. rows[0].Outcomes.Keys], measures = [.. rows[0].Measures.Keys.Order(StringComparer.Ordinal)];
        ResultFile.Replace(path, CsvText.Of([[.. Leading, .. outcomes, .. measures], .. rows.Select(row => (string[])
        [
            row.Knob, Text(row.Level), Text(row.Setting), Text(row.Seed), row.Method, row.Protocol, Text(row.Top1),
            .. outcomes.Select(name => Text(row.Outcomes[name])), .. measures.Select(name => Text(row.Measures[name])),
        ])]));
    }

    /// <summary>Writes summary.csv.</summary>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public static void WriteSummary(string path, IReadOnlyList<GapCorrelation> lines) => ResultFile.Replace(path, CsvText.Of([Summary, .. lines.Select(line => (string[])
    [
        line.Statistic, line.Knob, line.Quantity, line.Method, line.Protocol, line.Outcome, Text(line.Value), Optional(line.Low), Optional(line.High), line.Predicted, line.Found,
        Text(line.Seeds),
    ])]));

    /// <summary>Reads levels.csv strictly.</summary>
    /// <param name="path">The file.</param>
    /// <param name="outcomes">Names of the scales, in the experiment's order; the columns after them are measures.</param>
    /// <exception cref="ReproException">The file is missing, cut, or a line is wrong.</exception>
    public static IReadOnlyList<GapRow> ReadLevels(string path, IReadOnlyList<string> outcomes)
    {
        var text = ResultFile.Guard(path, () => File.ReadAllText(path));
        string[] header = text.Split('\n', 2)[0].Split(','), expected = [.. Leading, .. outcomes];
        if (!header.Take(expected.Length).SequenceEqual(expected)) throw new ReproException($"{path}:1: the header does not start with {string.Join(',', expected)}. {CsvText.Advice}");
        return CsvText.Read(path, text, header, line => new GapRow(
            line.Name("knob"), (int)line.Whole("level"), line.Number("setting"), line.Whole("seed"), line.Name("method"), line.Name("protocol"), line.Number("top1"),
            outcomes.ToDictionary(name => name, line.Number), header.Skip(expected.Length).ToDictionary(name => name, line.Number)));
    }

    private static string Optional(double? value) => value is { } number ? Text(number) : "";

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
