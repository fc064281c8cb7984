using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Cmcd.Repro.Datasets.Archives;

namespace Cmcd.Repro.Tests.Datasets.Mirror;

/// <summary>PNG files of kinds that SkiaSharp does not write.</summary>
internal static class Png
{
    /// <summary>A square of 16-bit grey, white left and black right; or one of grey with an alpha of 0 everywhere, black left and right.</summary>
    public static byte[] Halves(int side, bool deep)
    {
        var row = new byte[1 + (2 * side)];   // filter byte; then two bytes a pixel, sample or grey and alpha
        if (deep) Array.Fill(row, (byte)0xFF, 1, side / 2 * 2);
        var rows = new MemoryStream();
        using (var packed = new ZLibStream(rows, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var y = 0; y < side; y++) packed.Write(row);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        (header[8], header[9]) = deep ? ((byte)16, (byte)0) : ((byte)8, (byte)4);
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", rows.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string kind, byte[] data)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes(kind), .. data];
        var sum = default(Crc32);
        sum.Append(content);
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, sum.Value);
        return [.. length, .. content, .. check];
    }
}
