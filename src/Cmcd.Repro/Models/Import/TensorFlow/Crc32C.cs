using System.Buffers.Binary;
using System.Numerics;

namespace Cmcd.Repro.Models.Import.TensorFlow;

/// <summary>The Castagnoli check sum of TensorFlow's checkpoints, in the masked form in which they store it.</summary>
/// <remarks>Source: google/leveldb, util/crc32c.h. Of "123456789": 0xE3069283, masked 0xC78AB0E5.</remarks>
internal static class Crc32C
{
    private const uint MaskDelta = 0xA282EAD8;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));   // one processor instruction
        foreach (var part in bytes) crc = BitOperations.Crc32C(crc, part);
        return ~crc;
    }

    /// <summary>A sum over data that hold sums of their own would be weak: stored sums are rotated and moved.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Of(bytes), 15) + MaskDelta;
}
