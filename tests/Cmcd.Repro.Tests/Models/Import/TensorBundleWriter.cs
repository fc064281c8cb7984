using System.Text;
using Cmcd.Repro.Models.Import.TensorFlow;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models.Import;

/// <summary>Writes a TensorFlow checkpoint as TensorFlow does: one shard, one sorted table, names packed by shared prefix, a restart every 16 rows.</summary>
internal static class TensorBundleWriter
{
    private const int Restart = 16;

    /// <param name="prefix">Path without ending.</param>
    /// <param name="tensors">float32 or int64, by name.</param>
    public static void Write(string prefix, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var data = new MemoryStream();
        var rows = new List<(byte[] Key, byte[] Value)> { ([], [0x08, 1, 0x1A, 2, 0x08, 1]) };   // one shard, little-endian, producer 1
        foreach (var (name, tensor) in tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal))
        {
            using var packed = tensor.cpu().contiguous();
            var bytes = packed.bytes.ToArray();
            rows.Add((Encoding.UTF8.GetBytes(name), Entry(packed, data.Length, bytes)));
            data.Write(bytes);
        }

        var block = Block(rows);
        byte[] index = [.. Varint(0), .. Varint(rows[^1].Key.Length), .. Varint(Handle(0, block.Length).Length), .. rows[^1].Key, .. Handle(0, block.Length), 0, 0, 0, 0, 1, 0, 0, 0];
        byte[] meta = [0, 0, 0, 0, 1, 0, 0, 0];
        var (metaAt, indexAt) = (block.Length + 5, block.Length + 5 + meta.Length + 5);
        byte[] handles = [.. Handle(metaAt, meta.Length), .. Handle(indexAt, index.Length)];
        File.WriteAllBytes(prefix + ".index", [.. Sealed(block), .. Sealed(meta), .. Sealed(index), .. handles, .. new byte[40 - handles.Length], .. BitConverter.GetBytes(SortedTable.Magic)]);
        File.WriteAllBytes(prefix + ".data-00000-of-00001", data.ToArray());
    }

    private static byte[] Entry(Tensor tensor, long offset, byte[] bytes)
    {
        byte[] shape = [.. tensor.shape.SelectMany(size => (byte[])[0x12, (byte)(1 + Varint(size).Length), 0x08, .. Varint(size)])];
        return
        [
            0x08, (byte)(tensor.dtype == ScalarType.Int64 ? 9 : 1), 0x12, (byte)shape.Length, .. shape, .. offset == 0 ? [] : (byte[])[0x20, .. Varint(offset)],
            0x28, .. Varint(bytes.Length), 0x35, .. BitConverter.GetBytes(Crc32C.Masked(bytes)),
        ];
    }

    private static byte[] Block(List<(byte[] Key, byte[] Value)> rows)
    {
        using var block = new MemoryStream();
        var restarts = new List<uint>();
        byte[] before = [];
        foreach (var (place, (key, value)) in rows.Index())
        {
            var shared = place % Restart == 0 ? 0 : key.AsSpan().CommonPrefixLength(before);
            if (place % Restart == 0) restarts.Add((uint)block.Length);
            block.Write([.. Varint(shared), .. Varint(key.Length - shared), .. Varint(value.Length), .. key[shared..], .. value]);
            before = key;
        }

        foreach (var restart in restarts.Append((uint)restarts.Count)) block.Write(BitConverter.GetBytes(restart));
        return block.ToArray();
    }

    private static byte[] Sealed(byte[] contents) => [.. contents, 0, .. BitConverter.GetBytes(Crc32C.Masked([.. contents, 0]))];

    private static byte[] Handle(long offset, long size) => [.. Varint(offset), .. Varint(size)];

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7F; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
