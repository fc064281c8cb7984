using System.Buffers.Binary;

namespace Cmcd.Repro.Models.Import.TensorFlow;

/// <summary>Reads the LevelDB-style table of a checkpoint's .index file: sorted keys, each with a value.</summary>
/// <remarks>
/// Source: google/leveldb, doc/table_format.md and table/block_builder.cc; tensorflow/core/lib/io. A footer of 48 bytes names the index block,
/// whose values name the data blocks. A block is entries, then restart offsets and their number; keys share prefixes with the key before.
/// Five bytes follow each block: how it is packed, and a check sum over it.
/// </remarks>
internal static class SortedTable
{
    public const ulong Magic = 0xDB4775248B80FB57;
    private const int FooterBytes = 48;
    private const int TrailerBytes = 5;

    /// <returns>Keys and values in ascending order of the keys' bytes.</returns>
    /// <exception cref="InvalidDataException">The bytes are no such table, are cut, or a check sum does not fit.</exception>
    public static List<(byte[] Key, byte[] Value)> Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < FooterBytes || BinaryPrimitives.ReadUInt64LittleEndian(file[^sizeof(ulong)..]) != Magic)
            throw new InvalidDataException("it does not end as a checkpoint's index does: cut short, or another kind of file");

        var footer = new ByteCursor(file[^FooterBytes..]);
        _ = (footer.Varint(), footer.Varint());   // the meta index, which TensorFlow leaves empty
        var rows = new List<(byte[] Key, byte[] Value)>();
        foreach (var (_, handle) in Entries(Block(file, footer.Varint(), footer.Varint())))
        {
            var place = new ByteCursor(handle);
            rows.AddRange(Entries(Block(file, place.Varint(), place.Varint())));
        }

        for (var i = 1; i < rows.Count; i++)
            if (rows[i - 1].Key.AsSpan().SequenceCompareTo(rows[i].Key) >= 0) throw new InvalidDataException($"its keys {i} and {i + 1} are not in ascending order");
        return rows;
    }

    private static byte[] Block(ReadOnlySpan<byte> file, ulong offset, ulong size)
    {
        if (offset > (ulong)file.Length || size > (ulong)file.Length || offset + size + TrailerBytes > (ulong)file.Length)
            throw new InvalidDataException($"a block of {size} bytes at byte {offset} lies beyond its end, {file.Length}");

        var block = file.Slice((int)offset, (int)size + TrailerBytes);
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(block[^sizeof(uint)..]);
        var found = Crc32C.Masked(block[..^sizeof(uint)]);
        if (found != stored) throw new InvalidDataException($"the block at byte {offset} has the CRC {found:X8}, stored is {stored:X8}: damaged");
        var contents = block[..^TrailerBytes];
        return block[^TrailerBytes] switch
        {
            0 => contents.ToArray(),
            1 => Snappy.Unpack(contents),
            var kind => throw new InvalidDataException($"the block at byte {offset} is packed in way {kind}; known are 0 (not at all) and 1 (Snappy)"),
        };
    }

    private static List<(byte[] Key, byte[] Value)> Entries(byte[] block)
    {
        if (block.Length < sizeof(uint)) throw new InvalidDataException("a block has no room for its number of restarts");
        var restarts = BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan()[^sizeof(uint)..]);
        var tail = ((ulong)restarts + 1) * sizeof(uint);
        if (tail > (ulong)block.Length) throw new InvalidDataException($"a block of {block.Length} bytes announces {restarts} restarts");

        var rows = new List<(byte[] Key, byte[] Value)>();
        var cursor = new ByteCursor(block.AsSpan(0, block.Length - (int)tail));
        byte[] key = [];
        while (!cursor.AtEnd)
        {
            var (shared, unshared, length) = (cursor.Varint(), cursor.Varint(), cursor.Varint());
            if (shared > (ulong)key.Length) throw new InvalidDataException($"a key shares {shared} bytes with one of {key.Length}");
            key = [.. key.AsSpan(0, (int)shared), .. cursor.Take(unshared)];
            rows.Add((key, cursor.Take(length).ToArray()));
        }

        return rows;
    }
}
