using System.Buffers.Binary;
using System.Text;

namespace Cmcd.Repro.Results.Bundles;

/// <summary>Zip archives whose files are stored as they are: one content, one sequence of bytes, on every platform.</summary>
/// <remarks>
/// Source: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. No compression, so no archive can unpack to more than its own size and no version of a
/// compressor changes the bytes; no times, rights, comments or extra fields. Any unzip program opens them.
/// </remarks>
internal static class StoredZip
{
    public const uint EntrySignature = 0x04034b50;

    private const uint DirectorySignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const ushort Version = 20;              // folders and plain storage
    private const ushort Utf8Names = 0x0800;
    private const ushort Date = (1 << 5) | 1;       // 1 January 1980, the earliest there is
    private const int EntryHeader = 30;
    private const uint Streamed = 8;
    private const uint EncryptedOrStreamed = 1 | Streamed;

    private static readonly uint[] Crc = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (c, _) => (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    /// <summary>The archive of these files, in this order.</summary>
    public static byte[] Write(IReadOnlyList<BundleEntry> entries)
    {
        using MemoryStream archive = new(), directory = new();
        using BinaryWriter files = new(archive), lines = new(directory);   // little-endian, as the format
        foreach (var entry in entries)
        {
            var name = Encoding.UTF8.GetBytes(entry.Path);
            var offset = (uint)archive.Position;
            files.Write(EntrySignature);
            Describe(files, name, entry.Content.Span);
            files.Write(name);
            files.Write(entry.Content.Span);

            lines.Write(DirectorySignature);
            lines.Write(Version);                            // made by: this version, no particular system
            Describe(lines, name, entry.Content.Span);
            lines.Write((ushort)0);                          // no comment
            lines.Write(0u);                                 // first disk, kind of content unknown
            lines.Write(0u);                                 // no rights
            lines.Write(offset);
            lines.Write(name);
        }

        var start = (uint)archive.Position;
        files.Write(directory.ToArray());
        files.Write(EndSignature);
        files.Write(0u);                                     // one disk
        files.Write((ushort)entries.Count);
        files.Write((ushort)entries.Count);
        files.Write((uint)directory.Length);
        files.Write(start);
        files.Write((ushort)0);                              // no comment
        return archive.ToArray();
    }

    /// <summary>What entry and directory say alike: from the version to the lengths.</summary>
    private static void Describe(BinaryWriter writer, byte[] name, ReadOnlySpan<byte> content)
    {
        writer.Write(Version);
        writer.Write(Utf8Names);
        writer.Write((ushort)0);                             // stored
        writer.Write((ushort)0);                             // midnight
        writer.Write(Date);
        writer.Write(Checksum(content));
        writer.Write((uint)content.Length);
        writer.Write((uint)content.Length);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)0);                             // no extra fields
    }

    /// <summary>Is the first entry's name, as far as the archive goes, this one?</summary>
    public static bool StartsWith(ReadOnlySpan<byte> archive, string name) =>
        archive.Length < EntryHeader || (Number(archive, 26, 2) == name.Length && Encoding.UTF8.GetBytes(name).AsSpan().StartsWith(archive.Slice(EntryHeader, Math.Min(name.Length, archive.Length - EntryHeader))));

    /// <summary>Reads the files one after another as they lie; nothing is unpacked or written.</summary>
    /// <param name="archive">The whole archive; starts with <see cref="EntrySignature"/>.</param>
    /// <param name="faults">One line for each entry that cannot be taken as it is; all that are compressed or encrypted share one.</param>
    /// <returns>The entries, and whether they are all there are and can be read.</returns>
    public static (IReadOnlyList<BundleEntry> Entries, bool Whole) Read(ReadOnlyMemory<byte> archive, List<string> faults)
    {
        var entries = new List<BundleEntry>();
        var packed = new List<string>();
        for (var at = 0; ;)
        {
            var rest = archive.Span[at..];
            var last = entries.Count == 0 ? "the first entry" : entries[^1].Path;
            if (rest.Length < sizeof(uint) || (Number(rest, 0, 4) == EntrySignature && rest.Length < EntryHeader))
                return End($"The archive is cut after {last}: it ends at byte {archive.Length}.");
            if (Number(rest, 0, 4) != EntrySignature)
                return End(Number(rest, 0, 4) == DirectorySignature ? null : $"After {last}, at byte {at}, stands neither an entry nor the directory.");

            var (flags, method, length, size) = (Number(rest, 6, 2), Number(rest, 8, 2), Number(rest, 18, 4), Number(rest, 22, 4));
            var (nameLength, extra) = ((int)Number(rest, 26, 2), (int)Number(rest, 28, 2));
            if (rest.Length < EntryHeader + nameLength + extra) return End($"The archive is cut in the name of the entry after {last}.");

            var name = Encoding.UTF8.GetString(rest.Slice(EntryHeader, nameLength));
            if (!IsSafe(name)) faults.Add($"Entry \"{Shown(name)}\" is no plain relative path: unpacked, it could write outside its folder.");
            if (method != 0 || (flags & EncryptedOrStreamed) != 0) packed.Add(Shown(name));
            else if (length != size) return End($"Entry \"{Shown(name)}\" says that {length} bytes are {size}, without compression.");
            if ((flags & Streamed) != 0) return End(null);   // its length stands behind it, where only unpacking finds it

            var content = EntryHeader + nameLength + extra;
            if (length > rest.Length - content) return End($"The archive is cut in {Shown(name)}: it holds {rest.Length - content} of {length} bytes.");

            entries.Add(new(name, archive.Slice(at + content, (int)length)));
            at += content + (int)length;
        }

        (IReadOnlyList<BundleEntry>, bool) End(string? fault)
        {
            if (fault is not null) faults.Add(fault);
            if (packed.Count > 0) faults.Add($"{packed.Count} entries are compressed or encrypted, first {packed[0]}: another program packed them. A bundle stores its files as they are; ask for the original.");
            return (entries, fault is null && packed.Count == 0);
        }
    }

    // Also refuses what only some systems read as a way out: drive letters, backslashes, device names with a colon.
    private static bool IsSafe(string path) =>
        path.Length is > 0 and < 256 && path.Split('/').All(part => part is not ("" or "." or "..") && !part.EndsWith('.') && !part.EndsWith(' '))
        && !path.Any(c => char.IsControl(c) || c is '\\' or ':' or '\uFFFD');

    // A name from a foreign archive goes to a terminal: without its control characters, and not a page of it.
    private static string Shown(string name) => new([.. name.Take(120).Select(c => char.IsControl(c) ? '?' : c)]);

    private static uint Number(ReadOnlySpan<byte> bytes, int at, int size) =>
        size == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static uint Checksum(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var b in content) crc = Crc[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }
}
