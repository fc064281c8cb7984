using System.Globalization;
using Newtonsoft.Json;

namespace Cmcd.Repro.Experiments;

/// <summary>The paper's own numbers: a CSV file whose header names what its rows are, protocol where there is one, and the ids of all columns; one line a row.</summary>
internal static class PrintedNumbers
{
    /// <summary>Reads the file a table names and reports every cell without a number and every number without a cell.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">The file's path as shown to the user.</param>
    /// <param name="table">The table's path as shown to the user.</param>
    /// <param name="rows">Ids of the table's rows.</param>
    /// <param name="columns">Ids of the table's columns.</param>
    /// <param name="faults">Where faults are collected.</param>
    /// <returns>The number of each (row, column).</returns>
    public static IReadOnlyDictionary<(string Row, string Column), double> Read(
        string text, string file, string table, IReadOnlyList<string> rows, IReadOnlyList<string> columns, Faults faults)
    {
        var numbers = new Dictionary<(string Row, string Column), double>();
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToArray();
        var header = lines[0];
        var keys = header.Length > 1 && header[1] == "protocol" ? 2 : 1;
        if (header.Length <= keys || header.Any(name => name.Length == 0))
        {
            faults.Add($"{file}: line 1 is \"{string.Join(',', header)}\". Expected what names the rows, protocol where there is one, and the columns' ids.");
            return numbers;
        }

        foreach (var id in header.Skip(keys).Except(columns))
            faults.Add($"{file}: column {id} is not a column of {table}. {SettingsReader.Known("column", columns)}");
        foreach (var id in Repeated(header)) faults.Add($"{file}: column {id} stands there twice.");
        foreach (var id in columns.Except(header.Skip(keys))) faults.Add($"{file}: column {id} is missing. It is a column of {table}.");

        var seen = new List<string>();
        for (var line = 1; line < lines.Length; line++)
        {
            var fields = lines[line];
            var row = string.Join('+', fields.Take(keys));
            seen.Add(row);
            if (fields.Length != header.Length)
            {
                faults.Add($"{file}: line {line + 1} has {fields.Length} fields. Expected {header.Length}.");
                continue;
            }

            if (!rows.Contains(row))
                faults.Add($"{file}: line {line + 1}, row {row} is not a row of {table}. {SettingsReader.Known("row", rows)}");
            for (var i = keys; i < fields.Length; i++)
            {
                if (!double.TryParse(fields[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    || number is not (>= 0 and <= 100))
                    faults.Add($"{file}: line {line + 1}, column {header[i]} is {JsonConvert.ToString(fields[i])}. Expected a number in [0, 100].");
                numbers[(row, header[i])] = number;
            }
        }

        foreach (var row in Repeated(seen)) faults.Add($"{file}: row {row} stands there twice.");
        foreach (var row in rows.Except(seen)) faults.Add($"{file}: row {row} is missing. It is a row of {table}.");
        return numbers;
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> ids) => ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key);
}
