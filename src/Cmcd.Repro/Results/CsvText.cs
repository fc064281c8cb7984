using System.Globalization;
using CsvHelper;

namespace Cmcd.Repro.Results;

/// <summary>RFC 4180 text with LF and invariant culture ↔ lines of fields, strict in both directions.</summary>
internal static class CsvText
{
    public const string Advice = "Restore the file from version control, or delete it and run the table again.";

    private static readonly CsvWriterOptions Written = new() { NewLine = "\n" };

    private static readonly CsvReaderOptions Accepted = new()
    {
        Separator = ',',
        SkipEmptyLines = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,
    };

    public static string Of(IEnumerable<string[]> lines)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = CsvWriter.Create(text, Written, leaveOpen: true))
        {
            foreach (var line in lines)
            {
                writer.WriteRecord(line);
            }
        }

        return text.ToString();
    }

    /// <summary>Reads every line below the header.</summary>
    /// <param name="file">Name for messages.</param>
    /// <param name="text">The whole file.</param>
    /// <param name="header">The only header allowed.</param>
    /// <param name="convert">Makes a row; reports its faults to the line.</param>
    /// <exception cref="ReproException">Names every faulty line.</exception>
    public static IReadOnlyList<T> Read<T>(string file, string text, string[] header, Func<CsvLine, T> convert)
    {
        var expected = string.Join(',', header);
        var found = text.Split('\n', 2)[0];
        if (text.StartsWith('\uFEFF')) throw new ReproException($"{file}:1: the file starts with a byte order mark, as spreadsheets write it: it was saved by another program. {Advice}");
        if (found != expected)
        {
            throw new ReproException($"{file}:1: header is \"{found}\", expected \"{expected}\". {Advice}");
        }

        var faults = new List<string>();
        var rows = new List<T>();
        using var reader = CsvReader.FromText(text, Accepted);
        try
        {
            while (reader.Read())
            {
                var fields = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToArray();
                var place = $"{file}:{reader.LineNumber.ToString(CultureInfo.InvariantCulture)}";
                if (fields.Length == header.Length)
                {
                    rows.Add(convert(new CsvLine(place, header, fields, faults)));
                }
                else
                {
                    faults.Add($"{place}: {fields.Length} fields, expected {header.Length}.");
                }
            }
        }
        catch (CsvFormatException fault)
        {
            faults.Add($"{file}:{fault.LineNumber.ToString(CultureInfo.InvariantCulture)}: a quote stands where none is allowed (RFC 4180).");
        }

        if (!text.EndsWith('\n'))
        {
            faults.Add($"{file}: the last line has no line end: the file was cut.");
        }

        return faults.Count == 0 ? rows : throw new ReproException($"{string.Join('\n', faults)}\n{Advice}");
    }
}
