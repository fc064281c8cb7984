using System.Text.Json;

namespace Cmcd.Repro.Caching;

/// <summary>What stage.json says about a stored stage.</summary>
/// <param name="Stage">Stage name.</param>
/// <param name="Hash">The key's SHA-256.</param>
/// <param name="Version">The stage's hand-set version.</param>
/// <param name="Settings">Every setting as path and readable value.</param>
/// <param name="Inputs">Parents' and data sets' hashes by name.</param>
/// <param name="Metrics">What was measured: each value is a finite double or a string.</param>
/// <param name="Outputs">Every output file with size and hash, sorted by name.</param>
/// <param name="Seconds">Time the stage took, in seconds, over all its interrupted attempts if the caller adds them.</param>
/// <param name="Versions">Program and library versions that wrote it; for people, not part of the key.</param>
/// <param name="Created">When it was stored, UTC.</param>
public sealed record StageRecord(
    string Stage,
    string Hash,
    int Version,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, string> Inputs,
    IReadOnlyDictionary<string, object> Metrics,
    IReadOnlyList<StoredFile> Outputs,
    double Seconds,
    IReadOnlyDictionary<string, string> Versions,
    DateTimeOffset Created)
{
    /// <summary>A metric that was stored as a number.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    /// <exception cref="InvalidCastException">It was stored as text.</exception>
    public double Number(string metric) => (double)Metrics[metric];

    /// <exception cref="InvalidDataException">The file is cut, changed or not of this shape.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    internal static StageRecord Read(string path)
    {
        var record = SealedJson.Read<StageRecord>(path);
        return record with { Metrics = Sorted(record.Metrics, value => Metric((JsonElement)value)) };
    }

    /// <exception cref="ArgumentException">A metric is neither text nor a finite number.</exception>
    internal static IReadOnlyDictionary<string, object> CheckedMetrics(IReadOnlyDictionary<string, object> metrics)
    {
        foreach (var (name, value) in metrics)
        {
            if (!(value is string or int or long || (value is double or float && double.IsFinite(Convert.ToDouble(value)))))
            {
                throw new ArgumentException($"Metric {name} is {value ?? "null"}; a text or a finite number is allowed.", nameof(metrics));
            }
        }

        return Sorted(metrics, value => value is string ? value : Convert.ToDouble(value));
    }

    private static object Metric(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString()!,
        _ => throw new InvalidDataException($"{StagePlace.RecordName} holds a metric that is {value.ValueKind}"),
    };

    private static SortedDictionary<string, object> Sorted(IReadOnlyDictionary<string, object> values, Func<object, object> convert) =>
        new(values.ToDictionary(pair => pair.Key, pair => convert(pair.Value)), StringComparer.Ordinal);
}
