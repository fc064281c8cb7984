using System.Globalization;

namespace Cmcd.Repro.Results;

/// <summary>One line of a CSV file being read; faults are collected with file and line, and a default is returned in their place.</summary>
internal sealed class CsvLine(string place, string[] header, string[] fields, List<string> faults)
{
    public string Text(string column) => fields[Array.IndexOf(header, column)];

    public string Name(string column) => Text(column) is { Length: > 0 } text ? text : Fault(column, "a name", "");

    public long Whole(string column) =>
        long.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : Fault(column, "a whole number", 0L);

    public double Number(string column) =>
        double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : Fault(column, "a finite number", 0.0);

    public double? OptionalNumber(string column) => Text(column).Length == 0 ? null : Number(column);

    public T Choice<T>(string column) where T : struct, Enum =>
        Array.IndexOf(Enum.GetNames<T>(), Text(column)) >= 0 ? Enum.Parse<T>(Text(column)) : Fault(column, string.Join(", ", Enum.GetNames<T>()), default(T));

    public void Fault(string message) => faults.Add($"{place}: {message}");

    private T Fault<T>(string column, string expected, T standIn)
    {
        Fault($"{column} is \"{Text(column)}\", expected {expected}.");
        return standIn;
    }
}
