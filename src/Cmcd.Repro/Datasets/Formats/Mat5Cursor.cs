using System.Buffers.Binary;

namespace Cmcd.Repro.Datasets.Formats;

/// <summary>Walks over the elements of a MAT v5 file, or of one of its arrays: each a type, a length and so many bytes.</summary>
/// <remarks>An element of up to four bytes lies in its own tag. Data ends on a multiple of eight bytes, but for a compressed element.</remarks>
internal ref struct Mat5Cursor(ReadOnlySpan<byte> bytes, string name)
{
    private const int TagBytes = 8, Alignment = 8;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly bool AtEnd => _at >= _bytes.Length;

    /// <summary>The next element.</summary>
    /// <exception cref="DatasetUnavailableException">It is cut off.</exception>
    public ReadOnlySpan<byte> Next(out Mat5Type type)
    {
        var rest = _bytes[Math.Min(_at, _bytes.Length)..];
        if (rest.Length < TagBytes) throw Cut(TagBytes, rest.Length);

        var word = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        if (word >> 16 is > 0 and var small)
        {
            if (small > 4) throw new DatasetUnavailableException($"{name}: an element says that {small} bytes lie in its tag, which has room for 4. {MatHeader.Remedy(name)}");
            type = (Mat5Type)(word & 0xFFFF);
            _at += TagBytes;
            return rest.Slice(4, (int)small);
        }

        type = (Mat5Type)word;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        if (length > rest.Length - TagBytes) throw Cut(length, rest.Length - TagBytes);
        var padding = type == Mat5Type.Compressed ? 0 : -(int)length & (Alignment - 1);
        _at += TagBytes + (int)length + padding;
        return rest.Slice(TagBytes, (int)length);
    }

    /// <summary>The next element, which has to be of that type.</summary>
    /// <exception cref="DatasetUnavailableException">It is cut off or of another type.</exception>
    public ReadOnlySpan<byte> Next(Mat5Type due)
    {
        var data = Next(out var type);
        return type == due ? data : throw new DatasetUnavailableException($"{name}: an element is of type {type}; due is {due}. {MatHeader.Remedy(name)}");
    }

    private readonly DatasetUnavailableException Cut(long due, int left) =>
        new($"{name} is cut off: an element needs {due} bytes, {left} are left. {MatHeader.Remedy(name)}");
}
