using System.Buffers.Binary;
using System.Text;

namespace Cmcd.Repro.Datasets.Formats;

/// <summary>The bytes of a MAT v5 element as numbers or text.</summary>
/// <remarks>MATLAB stores an array in the smallest type that holds its values: a double array of small whole numbers is bytes.</remarks>
internal static class Mat5Data
{
    /// <summary>The numbers, or null where the type is none or does not divide the length.</summary>
    public static double[]? Numbers(Mat5Type type, ReadOnlySpan<byte> data)
    {
        var size = Size(type);
        if (size == 0 || data.Length % size != 0) return null;
        var numbers = new double[data.Length / size];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = Number(type, data.Slice(i * size, size));
        return numbers;
    }

    /// <summary>The text, or null where the type holds none.</summary>
    public static string? Text(Mat5Type type, ReadOnlySpan<byte> data) => type switch
    {
        Mat5Type.UInt16 or Mat5Type.Utf16 => Encoding.Unicode.GetString(data),
        Mat5Type.Utf8 => Encoding.UTF8.GetString(data),
        Mat5Type.Utf32 => Encoding.UTF32.GetString(data),
        Mat5Type.Int8 or Mat5Type.UInt8 => Encoding.Latin1.GetString(data),
        _ => null,
    };

    private static int Size(Mat5Type type) => type switch
    {
        Mat5Type.Int8 or Mat5Type.UInt8 => 1,
        Mat5Type.Int16 or Mat5Type.UInt16 => 2,
        Mat5Type.Int32 or Mat5Type.UInt32 or Mat5Type.Single => 4,
        Mat5Type.Int64 or Mat5Type.UInt64 or Mat5Type.Double => 8,
        _ => 0,
    };

    private static double Number(Mat5Type type, ReadOnlySpan<byte> data) => type switch
    {
        Mat5Type.Int8 => (sbyte)data[0],
        Mat5Type.UInt8 => data[0],
        Mat5Type.Int16 => BinaryPrimitives.ReadInt16LittleEndian(data),
        Mat5Type.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(data),
        Mat5Type.Int32 => BinaryPrimitives.ReadInt32LittleEndian(data),
        Mat5Type.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(data),
        Mat5Type.Single => BinaryPrimitives.ReadSingleLittleEndian(data),
        Mat5Type.Int64 => BinaryPrimitives.ReadInt64LittleEndian(data),
        Mat5Type.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(data),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(data),
    };
}
