using System.Buffers;
using System.Text.Json;

namespace Cmcd.Repro.Models;

/// <summary>The JSON header of a safetensors file: name → type, shape, place in the data.</summary>
internal static class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";
    private const int Alignment = 8;

    /// <summary>UTF-8 bytes of the header, padded with spaces so that the data starts at a multiple of eight.</summary>
    public static byte[] Write(IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, text);
                json.WriteEndObject();
            }

            foreach (var entry in entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", SafetensorsEntry.NameOf(entry.Type));
                WriteNumbers(json, "shape", entry.Shape);
                WriteNumbers(json, "data_offsets", [entry.Begin, entry.End]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var header = new byte[(buffer.WrittenCount + Alignment - 1) / Alignment * Alignment];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header;
    }

    /// <summary>Reads a header and checks every rule of the format against the size of the data.</summary>
    /// <returns>The entries in the order of their data, and the metadata.</returns>
    /// <exception cref="ReproException">The header breaks a rule; the message starts with <paramref name="where"/>.</exception>
    public static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Read(ReadOnlyMemory<byte> header, long dataBytes, string where)
    {
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (header.Length == 0 || header.Span[0] != '{') throw new ReproException($"{where}: the header does not start with '{{': not a safetensors file.");
            using var document = JsonDocument.Parse(header);
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name)) throw new ReproException($"{where}: the header names {property.Name} twice.");
                if (property.Name == MetadataKey) ReadMetadata(property.Value, metadata, where);
                else entries.Add(ReadEntry(property.Name, property.Value, where));
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)   // the second: text that is not UTF-16
        {
            throw new ReproException($"{where}: the header is not JSON text: {fault.Message}", fault);
        }

        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        var position = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != position)
            {
                var fault = entry.Begin < position ? "an overlap" : "a hole";
                throw new ReproException($"{where}: tensor {entry.Name} starts at byte {entry.Begin} of the data, expected {position}: {fault}.");
            }

            position = entry.End;
        }

        if (position != dataBytes)
        {
            var fault = dataBytes < position ? "cut short" : "too long";
            throw new ReproException($"{where}: {dataBytes} bytes of data follow the header, which describes {position}: the file is {fault}.");
        }

        return (entries, metadata);
    }

    private static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata, string where)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(pair => pair.Value.ValueKind != JsonValueKind.String))
            throw new ReproException($"{where}: {MetadataKey} must map text to text, found {value.GetRawText()}.");
        foreach (var pair in value.EnumerateObject())
        {
            if (!metadata.TryAdd(pair.Name, pair.Value.GetString()!)) throw new ReproException($"{where}: {MetadataKey} names {pair.Name} twice.");
        }
    }

    private static SafetensorsEntry ReadEntry(string name, JsonElement value, string where)
    {
        var place = $"{where}: tensor {name}";
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() != 3 || !value.TryGetProperty("dtype", out var dtype)
            || dtype.ValueKind != JsonValueKind.String || !value.TryGetProperty("shape", out var shape)
            || !value.TryGetProperty("data_offsets", out var offsets))
        {
            throw new ReproException($"{place} must have dtype, shape and data_offsets and nothing else, found {value.GetRawText()}.");
        }

        var type = SafetensorsEntry.TypeOf(dtype.GetString()!)
            ?? throw new ReproException($"{place} has dtype {dtype.GetString()}. Known dtypes: {SafetensorsEntry.TypeNames}.");
        var sizes = ReadNumbers(shape, $"{place}: shape");
        var range = ReadNumbers(offsets, $"{place}: data_offsets");
        if (range.Length != 2 || range[1] < range[0])
            throw new ReproException($"{place} has data_offsets {offsets.GetRawText()}, expected [begin, end] with begin ≤ end.");

        var bytes = sizes.Aggregate((Int128)SafetensorsEntry.SizeOf(type), (product, size) => Int128.Min(product * size, long.MaxValue));
        if (sizes.Contains(0)) bytes = 0;
        if (range[1] - range[0] != bytes)
        {
            throw new ReproException(
                $"{place} of {dtype.GetString()} {shape.GetRawText()} needs {bytes} bytes, "
                + $"but its data_offsets {offsets.GetRawText()} hold {range[1] - range[0]}.");
        }

        if (bytes > int.MaxValue) throw new ReproException($"{place} has {bytes} bytes; at most {int.MaxValue} can be read.");
        return new SafetensorsEntry(name, type, sizes, range[0], range[1]);
    }

    private static long[] ReadNumbers(JsonElement list, string place)
    {
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => !IsSize(item)))
            throw new ReproException($"{place} is {list.GetRawText()}, expected a list of whole numbers ≥ 0.");
        return [.. list.EnumerateArray().Select(item => item.GetInt64())];

        static bool IsSize(JsonElement item) => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) && number >= 0;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
