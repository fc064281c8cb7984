using System.Buffers.Binary;
using System.Text;

namespace Cmcd.Repro.Datasets.Formats;

/// <summary>The first 128 bytes of a MAT file: a text, then the version and two letters that tell the byte order.</summary>
internal static class MatHeader
{
    public const int Bytes = 128;

    private const ushort Version5 = 0x0100, Version73 = 0x0200;

    /// <summary>How HDF5 starts.</summary>
    public static ReadOnlySpan<byte> Hdf5 => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The file is a MAT file of version 5 (up to MATLAB's -v7), written by a little-endian machine.</summary>
    /// <exception cref="DatasetUnavailableException">It is another one, or none.</exception>
    public static void RequireVersion5(ReadOnlySpan<byte> file, string name) => Require(file, name, Version5, "a MAT file of version 5 (save -v7)");

    /// <summary>The file is a MAT file of version 7.3, which is HDF5 behind a block of 512 bytes.</summary>
    /// <inheritdoc cref="RequireVersion5"/>
    public static void RequireVersion73(ReadOnlySpan<byte> file, string name) => Require(file, name, Version73, "a MAT file of version 7.3 (HDF5, save -v7.3)");

    /// <summary>What to do about a file that cannot be read.</summary>
    public static string Remedy(string name) => $"Delete {name} and fetch it again: ./build.sh --target=Datasets.";

    private static void Require(ReadOnlySpan<byte> file, string name, ushort due, string what)
    {
        if (Found(file, due) is { } found) throw new DatasetUnavailableException($"{name} is {found}; due is {what}. {Remedy(name)}");
    }

    private static string? Found(ReadOnlySpan<byte> file, ushort due)
    {
        if (file.StartsWith(Hdf5)) return "HDF5 without MATLAB's block of 512 bytes";
        if (file.Length < Bytes) return $"{file.Length} bytes long, shorter than any MAT file";
        if (file[126] == 'M' && file[127] == 'I') return "a MAT file of a big-endian machine";
        var version = BinaryPrimitives.ReadUInt16LittleEndian(file[124..]);
        if (file[126] != 'I' || file[127] != 'M' || version is not (Version5 or Version73)) return $"no MAT file: it starts with \"{Start(file)}\"";
        return version == due ? null : version == Version5 ? "a MAT file of version 5" : "a MAT file of version 7.3 (HDF5)";
    }

    private static string Start(ReadOnlySpan<byte> file) => string.Concat(Encoding.Latin1.GetString(file[..24]).Select(each => char.IsBetween(each, ' ', '~') ? each : '.'));
}
