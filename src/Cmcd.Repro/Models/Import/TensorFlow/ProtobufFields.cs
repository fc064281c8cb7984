using System.Buffers.Binary;

namespace Cmcd.Repro.Models.Import.TensorFlow;

/// <summary>Walks the fields of one protobuf message.</summary>
/// <remarks>Each field starts with number · 8 + wire type: 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes.</remarks>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private ByteCursor _cursor = new(message);

    /// <summary>The field's number.</summary>
    public ulong Field { get; private set; }

    /// <summary>Its value, if it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its value, if it is text, bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">The message is cut or has a wire type that does not exist.</exception>
    public bool Next()
    {
        if (_cursor.AtEnd) return false;
        var tag = _cursor.Varint();
        Field = tag >> 3;
        Number = 0;
        Bytes = [];
        switch (tag & 7)
        {
            case 0: Number = _cursor.Varint(); break;
            case 1: Number = BinaryPrimitives.ReadUInt64LittleEndian(_cursor.Take(sizeof(ulong))); break;
            case 2: Bytes = _cursor.Take(_cursor.Varint()); break;
            case 5: Number = _cursor.Fixed32(); break;
            case var type: throw new InvalidDataException($"a field has the wire type {type}");
        }

        return true;
    }
}
