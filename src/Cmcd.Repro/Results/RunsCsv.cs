using System.Globalization;

namespace Cmcd.Repro.Results;

/// <summary>runs.csv: one line a run, on disk as soon as the run ends.</summary>
/// <remarks>
/// A line without its line end is what a crash left of an append: it is dropped and said, all else that is wrong is an error.
/// A later run of the same cell, seed and init takes the earlier one's place. One process writes; any may read.
/// </remarks>
public sealed class RunsCsv
{
    private static readonly string[] Header =
        ["table", "row", "column", "protocol", "seed", "value", "stage_key", "parent_keys", "device", "seconds", "init"];

    private readonly string _path;
    private readonly List<RunRow> _rows = [];
    private long _wholeBytes;

    /// <summary>Reads the file if it exists; writes nothing.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ReproException">The file cannot be read, or a line is wrong: names file and line of every fault.</exception>
    public RunsCsv(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        var bytes = ResultFile.Guard(path, () => File.Exists(path) ? File.ReadAllBytes(path) : []);
        _wholeBytes = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        if (_wholeBytes < bytes.Length)
        {
            var line = bytes.Count(b => b == '\n') + 1;
            Dropped = $"{path}:{line}: the last line was cut by a crash and is dropped; its run is repeated.";
        }

        if (_wholeBytes > 0)
        {
            foreach (var row in CsvText.Read(path, System.Text.Encoding.UTF8.GetString(bytes, 0, (int)_wholeBytes), Header, Row))
            {
                Put(row);
            }
        }
    }

    /// <summary>All runs, in file order.</summary>
    public IReadOnlyList<RunRow> Rows => _rows;

    /// <summary>What was dropped on reading; null if nothing.</summary>
    public string? Dropped { get; }

    /// <summary>Adds one run and flushes it to disk.</summary>
    /// <param name="run">The run; its numbers finite, its texts without line breaks.</param>
    /// <exception cref="ArgumentException">A number is not finite or a text has a line break.</exception>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public void Append(RunRow run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var fields = Fields(run);
        var bytes = ResultFile.Encoding.GetBytes(CsvText.Of(_wholeBytes == 0 ? [Header, fields] : [fields]));
        _wholeBytes = ResultFile.Guard(_path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            using var stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            stream.SetLength(_wholeBytes);   // a half line left by a crash goes
            stream.Position = _wholeBytes;
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
            return stream.Length;
        });
        Put(run);
    }

    /// <summary>Writes all runs in fixed order: by cell as given, then seed, then init. Replaces the file whole.</summary>
    /// <param name="order">The experiment's cells, rows first, then columns; runs of other cells follow by name.</param>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public void Rewrite(IReadOnlyList<CellId> order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var places = order.Select((cell, place) => (cell, place)).ToDictionary(pair => pair.cell, pair => pair.place);
        var sorted = _rows
            .OrderBy(run => places.GetValueOrDefault(run.Cell, int.MaxValue))
            .ThenBy(run => run.Cell.ToString(), StringComparer.Ordinal)
            .ThenBy(run => run.Seed)
            .ThenBy(run => run.Init, StringComparer.Ordinal)
            .ToArray();
        var text = CsvText.Of([Header, .. sorted.Select(Fields)]);
        ResultFile.Replace(_path, text);
        _wholeBytes = ResultFile.Encoding.GetByteCount(text);
        _rows.Clear();
        _rows.AddRange(sorted);
    }

    private void Put(RunRow run)
    {
        _rows.RemoveAll(earlier => (earlier.Cell, earlier.Seed, earlier.Init) == (run.Cell, run.Seed, run.Init));
        _rows.Add(run);
    }

    private static RunRow Row(CsvLine line) => new(
        line.Name("table"), line.Name("row"), line.Name("column"), line.Name("protocol"), line.Whole("seed"), line.Number("value"),
        line.Name("stage_key"), line.Text("parent_keys"), line.Name("device"), line.Number("seconds"), line.Text("init"));

    private static string[] Fields(RunRow run)
    {
        if (!double.IsFinite(run.Value) || !double.IsFinite(run.Seconds))
        {
            throw new ArgumentException($"Run {run.Cell} seed {run.Seed}: value {run.Value} or seconds {run.Seconds} is not finite.", nameof(run));
        }

        string[] fields =
        [
            run.Table, run.Row, run.Column, run.Protocol, run.Seed.ToString(CultureInfo.InvariantCulture), Number(run.Value),
            run.StageKey, run.ParentKeys, run.Device, Number(run.Seconds), run.Init,
        ];
        return fields.Any(field => field.AsSpan().ContainsAny('\n', '\r'))
            ? throw new ArgumentException($"Run {run.Cell} seed {run.Seed}: a text holds a line break.", nameof(run))
            : fields;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
