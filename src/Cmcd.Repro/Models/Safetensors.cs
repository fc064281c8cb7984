using System.Buffers.Binary;
using static TorchSharp.torch;

namespace Cmcd.Repro.Models;

/// <summary>Named tensors as a safetensors stream: header length (8 bytes, little-endian), JSON header, raw row-major data.</summary>
/// <remarks>
/// Source: the format's description and reference reader in huggingface/safetensors. Readable from Python; nothing in it can run code.
/// Types: F64, I64, F32, I32, F16, BF16, U8, BOOL. TorchSharp's own savers refuse channels-last weights.
/// </remarks>
public static class Safetensors
{
    private const int LengthBytes = 8;
    private const long LargestHeader = 100_000_000;   // the reference reader's limit

    /// <summary>Writes tensors in a fixed order (widest type first, then name), so that equal content gives equal bytes.</summary>
    /// <param name="stream">Written from its position on; not closed.</param>
    /// <param name="tensors">By name; any memory order, any device, each below 2 GiB.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="ArgumentException">A tensor is called __metadata__, is too large, or has a type the format cannot carry.</exception>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Write(stream, tensors.Select(pair => new WeightEntry(pair.Key, pair.Value.dtype, pair.Value.shape)), entry => tensors[entry.Name], metadata);
    }

    /// <summary>Writes tensors as above, each fetched when its turn comes.</summary>
    /// <param name="stream">Written from its position on; not closed.</param>
    /// <param name="tensors">What will be written; names are unique.</param>
    /// <param name="fetch">Gives the values, of the entry's type and shape. What it makes is freed once written.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="ArgumentException">A tensor is called __metadata__, is too large, or has a type the format cannot carry.</exception>
    public static void Write(Stream stream, IEnumerable<WeightEntry> tensors, Func<WeightEntry, Tensor> fetch, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(fetch);
        var entries = new List<SafetensorsEntry>();
        var position = 0L;
        WeightEntry[] ordered = [.. tensors.OrderByDescending(entry => SafetensorsEntry.SizeOf(entry.Type)).ThenBy(entry => entry.Name, StringComparer.Ordinal)];
        foreach (var entry in ordered)
        {
            if (SafetensorsEntry.NameOf(entry.Type) is null || entry.Name == "__metadata__" || entry.Bytes > int.MaxValue)
            {
                throw new ArgumentException(
                    $"Tensor {entry.Name} of {entry.Type} with {entry.Elements} elements cannot be written. "
                    + $"Types: {SafetensorsEntry.TypeNames}; at most {int.MaxValue} bytes; __metadata__ is no tensor's name.",
                    nameof(tensors));
            }

            entries.Add(new SafetensorsEntry(entry.Name, entry.Type, entry.Shape, position, position += entry.Bytes));
        }

        var header = SafetensorsHeader.Write(entries, metadata ?? new Dictionary<string, string>());
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var entry in ordered)
        {
            using var scope = NewDisposeScope();
            RawBytes.Use(fetch(entry), stream.Write);
        }
    }

    /// <summary>Reads a whole stream and checks it strictly: any deviation from the format is an error.</summary>
    /// <param name="stream">Seekable, read from its position to its end; not closed.</param>
    /// <returns>Tensors to be disposed by the caller.</returns>
    /// <exception cref="ReproException">The content is cut short, too long or breaks a rule; the message names tensor and numbers.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek, so its length cannot be checked before memory is taken.</exception>
    public static SafetensorsContent Read(Stream stream)
    {
        var (entries, metadata) = ReadHeader(stream);

        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var tensor = empty(entry.Shape, dtype: entry.Type);
            if (entry.End > entry.Begin) stream.ReadExactly(tensor.bytes);
            tensors.Add(entry.Name, tensor);
        }

        scope.Detach(tensors.Values);
        return new SafetensorsContent(tensors, metadata);
    }

    /// <summary>Reads and checks the header, and leaves the stream at the first byte of the data.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    internal static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) ReadHeader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw new ArgumentException("The stream must be seekable.", nameof(stream));
        var where = stream is FileStream file ? file.Name : "safetensors stream";
        var available = stream.Length - stream.Position - LengthBytes;
        if (available < 0) throw new ReproException($"{where} has {available + LengthBytes} bytes, expected at least {LengthBytes}: cut short?");

        Span<byte> prefix = stackalloc byte[LengthBytes];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LargestHeader || (long)length > available)
        {
            throw new ReproException(
                $"{where}: the header's length is {length}, allowed are {LargestHeader} and what follows, {available} bytes: "
                + "not a safetensors file, or cut short.");
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        return SafetensorsHeader.Read(header, available - header.Length, where);
    }
}
