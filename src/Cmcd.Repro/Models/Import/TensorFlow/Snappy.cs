namespace Cmcd.Repro.Models.Import.TensorFlow;

/// <summary>Unpacks the raw Snappy format: the length as a varint, then literals and copies of earlier output.</summary>
/// <remarks>Source: google/snappy, format_description.txt.</remarks>
internal static class Snappy
{
    private const ulong LargestRatio = 22;   // no element gives more than 64 bytes for 3

    /// <exception cref="InvalidDataException">The bytes break the format, or give another length than they announce.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        var cursor = new ByteCursor(packed);
        var length = cursor.Varint();
        if (length > LargestRatio * (ulong)packed.Length)
            throw new InvalidDataException($"a Snappy block of {packed.Length} bytes announces {length}, more than the format can give");

        var output = new byte[length];
        var at = 0;
        while (!cursor.AtEnd)
        {
            var tag = cursor.Byte();
            switch (tag & 3)
            {
                case 0:
                    var literal = cursor.Take(LiteralLength(tag, ref cursor));
                    literal.CopyTo(Room(literal.Length));
                    at += literal.Length;
                    break;
                case 1:
                    Copy(4 + ((tag >> 2) & 7), ((uint)(tag & 0xE0) << 3) | cursor.Byte());
                    break;
                case 2:
                    Copy(1 + (tag >> 2), cursor.Byte() | ((uint)cursor.Byte() << 8));
                    break;
                default:
                    Copy(1 + (tag >> 2), cursor.Fixed32());
                    break;
            }
        }

        return at == output.Length ? output : throw new InvalidDataException($"a Snappy block gives {at} bytes and announces {output.Length}");

        // Byte by byte: a copy may overlap itself, which repeats a pattern.
        void Copy(int count, uint offset)
        {
            if (offset == 0 || offset > at) throw new InvalidDataException($"a Snappy copy reaches {offset} bytes back, at byte {at}");
            var room = Room(count);
            for (var i = 0; i < count; i++) room[i] = output[at - (int)offset + i];
            at += count;
        }

        Span<byte> Room(int count) => count <= output.Length - at ? output.AsSpan(at, count)
            : throw new InvalidDataException($"a Snappy block gives more bytes than the {output.Length} it announces");
    }

    private static ulong LiteralLength(byte tag, ref ByteCursor cursor)
    {
        var length = (ulong)(tag >> 2);
        if (length < 60) return length + 1;

        var bytes = cursor.Take(length - 59);   // 60 … 63: the length stands in one to four bytes
        length = 0;
        for (var i = 0; i < bytes.Length; i++) length |= (ulong)bytes[i] << (8 * i);
        return length + 1;
    }
}
