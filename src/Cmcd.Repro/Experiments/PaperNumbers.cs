using System.Globalization;
using Newtonsoft.Json;

namespace Cmcd.Repro.Experiments;

/// <summary>Every number that the paper's five tables print: experiments/paper/table1.csv to table5.csv.</summary>
/// <remarks>
/// A file's header starts with the column that names its rows; a column "protocol" behind it belongs to the row's name, as in CMC+LE. All others hold
/// numbers as printed: accuracies, gains and mean IoU in percent, total variation as a fraction.
/// </remarks>
public sealed class PaperNumbers
{
    private const int TableCount = 5;

    private readonly Dictionary<CellAddress, double> _numbers = [];

    private PaperNumbers()
    {
    }

    /// <summary>All printed cells, by table, then row, then column, as in the paper.</summary>
    public IReadOnlyCollection<CellAddress> Cells => _numbers.Keys;

    /// <summary>The printed number.</summary>
    /// <exception cref="ArgumentException">The paper prints no such cell.</exception>
    public double this[CellAddress cell] =>
        _numbers.TryGetValue(cell, out var number) ? number : throw new ArgumentException($"The paper prints no number in {cell}.", nameof(cell));

    /// <summary>The paper prints a number there.</summary>
    public bool Has(CellAddress cell) => _numbers.ContainsKey(cell);

    /// <summary>Reads and checks all five files.</summary>
    /// <param name="experimentsFolder">The folder that holds paper/.</param>
    /// <exception cref="ExperimentException">A file is missing or faulty: all faults of all files.</exception>
    public static PaperNumbers Read(string experimentsFolder)
    {
        var faults = new Faults();
        var numbers = Read(experimentsFolder, faults);
        faults.ThrowIfAny();
        return numbers;
    }

    internal static PaperNumbers Read(string experimentsFolder, Faults faults)
    {
        var numbers = new PaperNumbers();
        var files = new SettingsFiles(experimentsFolder, faults);
        for (var table = 1; table <= TableCount; table++)
        {
            var path = $"paper/table{table}.csv";
            var file = Path.Combine(experimentsFolder, path);
            if (File.Exists(file)) numbers.Add($"Table{table}", files.Shown(path), File.ReadAllText(file), faults);
            else faults.Add($"{files.Shown(path)} does not exist. Expected the paper's table {table}.");
        }

        return numbers;
    }

    private void Add(string table, string file, string text, Faults faults)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToArray();
        var header = lines[0];
        var keys = header.Length > 1 && header[1] == "protocol" ? 2 : 1;
        if (header.Length <= keys || header.Any(IsNoName) || header.Distinct().Count() < header.Length)
        {
            faults.Add($"{file}: line 1 is \"{string.Join(',', header)}\". Expected what names the rows, protocol where there is one, and column names that differ.");
            return;
        }

        for (var line = 1; line < lines.Length; line++)
        {
            var fields = lines[line];
            if (fields.Length != header.Length)
            {
                faults.Add($"{file}: line {line + 1} has {fields.Length} fields. Expected {header.Length}.");
                continue;
            }

            var row = string.Join('+', fields.Take(keys));
            if (fields.Take(keys).Any(IsNoName)) faults.Add($"{file}: line {line + 1}, row \"{row}\" is no name.");
            for (var i = keys; i < fields.Length; i++)
            {
                if (!double.TryParse(fields[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number is not (>= 0 and <= 100))
                    faults.Add($"{file}: line {line + 1}, column {header[i]} is {JsonConvert.ToString(fields[i])}. Expected a number in [0, 100].");
                else if (!_numbers.TryAdd(new(table, row, header[i]), number)) faults.Add($"{file}: row {row} stands there twice.");
            }
        }
    }

    // A slash separates the parts of an address.
    private static bool IsNoName(string name) => name.Length == 0 || name.Contains('/', StringComparison.Ordinal);
}
