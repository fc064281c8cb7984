using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Cmcd.Repro.Tests.Datasets.Formats;

/// <summary>Writes MAT v5 files as MATLAB's -v7 does: numbers in the smallest type that holds them, names and small data in the tag.</summary>
internal static class Mat5Writer
{
    private const int Int8 = 1, UInt8 = 2, UInt16 = 4, Int32 = 5, UInt32 = 6, Double = 9, Matrix = 14, Compressed = 15, Utf8 = 16;

    /// <summary>A whole file.</summary>
    /// <param name="compressed">As -v7 does; else as -v6.</param>
    /// <param name="variables">Arrays with their names.</param>
    public static byte[] File(bool compressed, params IEnumerable<byte[]> variables)
    {
        var header = new byte[128];
        header.AsSpan(0, 116).Fill((byte)' ');
        "MATLAB 5.0 MAT-file, Platform: GLNXA64, Created on: Thu Jan  1 00:00:00 1970"u8.CopyTo(header);
        new byte[] { 0, 1, (byte)'I', (byte)'M' }.CopyTo(header, 124);
        return [.. header, .. variables.SelectMany(variable => compressed ? Pack(variable) : variable)];
    }

    /// <summary>A double array, first dimension fastest.</summary>
    public static byte[] Numbers(string name, int rows, int columns, params IEnumerable<double> values)
    {
        var numbers = values.ToArray();
        bool All(double most) => numbers.All(number => number == Math.Floor(number) && number >= 0 && number <= most);
        var data = All(byte.MaxValue) ? Element(UInt8, [.. numbers.Select(number => (byte)number)])
            : All(ushort.MaxValue) ? Element(UInt16, [.. numbers.SelectMany(number => BitConverter.GetBytes((ushort)number))])
            : Element(Double, [.. numbers.SelectMany(BitConverter.GetBytes)]);
        return Array(6, name, rows, columns, data);
    }

    /// <summary>One row of text.</summary>
    public static byte[] Text(string name, string text) => Array(4, name, 1, text.Length, Element(Utf8, Encoding.UTF8.GetBytes(text)));

    /// <summary>A row of cells; their own names are not kept.</summary>
    public static byte[] Cells(string name, params IEnumerable<byte[]> cells)
    {
        var all = cells.ToArray();
        return Array(1, name, 1, all.Length, all);
    }

    /// <summary>One struct.</summary>
    public static byte[] Struct(string name, params IEnumerable<(string Field, byte[] Value)> fields)
    {
        const int Width = 32;
        var all = fields.ToArray();
        var names = new byte[Width * all.Length];
        for (var i = 0; i < all.Length; i++) Encoding.ASCII.GetBytes(all[i].Field).CopyTo(names, Width * i);
        return Array(2, name, 1, 1, [Element(Int32, BitConverter.GetBytes(Width)), Element(Int8, names), .. all.Select(field => field.Value)]);
    }

    /// <summary>An array of any class, also of one that does not exist.</summary>
    public static byte[] Array(int kind, string name, int rows, int columns, params byte[][] content)
    {
        byte[][] parts =
        [
            Element(UInt32, [.. BitConverter.GetBytes(kind), 0, 0, 0, 0]), Element(Int32, [.. BitConverter.GetBytes(rows), .. BitConverter.GetBytes(columns)]),
            Element(Int8, Encoding.ASCII.GetBytes(name)), .. content,
        ];
        return Element(Matrix, [.. parts.SelectMany(part => part)]);
    }

    /// <summary>A type, a length, the data, and zeros up to a multiple of eight; up to four bytes lie in the tag.</summary>
    public static byte[] Element(int type, byte[] data)
    {
        var isSmall = data.Length is > 0 and <= 4;
        var element = new byte[isSmall ? 8 : 8 + ((data.Length + 7) / 8 * 8)];
        BinaryPrimitives.WriteInt32LittleEndian(element, isSmall ? (data.Length << 16) | type : type);
        if (!isSmall) BinaryPrimitives.WriteInt32LittleEndian(element.AsSpan(4), data.Length);
        data.CopyTo(element, isSmall ? 4 : 8);
        return element;
    }

    private static byte[] Pack(byte[] variable)
    {
        using var packed = new MemoryStream();
        using (var packer = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) packer.Write(variable);
        return [.. BitConverter.GetBytes(Compressed), .. BitConverter.GetBytes((int)packed.Length), .. packed.ToArray()];
    }
}
