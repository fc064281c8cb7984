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
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        var entries = new List<SafetensorsEntry>(tensors.Count);
        var position = 0L;
        var ordered = tensors.OrderByDescending(pair => SafetensorsEntry.SizeOf(pair.Value.dtype)).ThenBy(pair => pair.Key, StringComparer.Ordinal);
        foreach (var (name, tensor) in ordered)
        {
            var bytes = tensor.numel() * SafetensorsEntry.SizeOf(tensor.dtype);
            if (SafetensorsEntry.NameOf(tensor.dtype) is null || name == "__metadata__" || bytes > int.MaxValue)
            {
                throw new ArgumentException(
                    $"Tensor {name} of {tensor.dtype} with {tensor.numel()} elements cannot be written. "
                    + $"Types: {SafetensorsEntry.TypeNames}; at most {int.MaxValue} bytes; __metadata__ is no tensor's name.",
                    nameof(tensors));
            }

            entries.Add(new SafetensorsEntry(name, tensor.dtype, tensor.shape, position, position += bytes));
        }

        var header = SafetensorsHeader.Write(entries, metadata ?? new Dictionary<string, string>());
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var entry in entries) RawBytes.Use(tensors[entry.Name], stream.Write);
    }

    /// <summary>Reads a whole stream and checks it strictly: any deviation from the format is an error.</summary>
    /// <param name="stream">Seekable, read from its position to its end; not closed.</param>
    /// <returns>Tensors to be disposed by the caller.</returns>
    /// <exception cref="ReproException">The content is cut short, too long or breaks a rule; the message names tensor and numbers.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek, so its length cannot be checked before memory is taken.</exception>
    public static SafetensorsContent Read(Stream stream)
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
        var (entries, metadata) = SafetensorsHeader.Read(header, available - header.Length, where);

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
}
