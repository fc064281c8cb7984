using System.Formats.Tar;
using System.Runtime.CompilerServices;
using SharpCompress.Archives.SevenZip;
using SharpCompress.Archives.Zip;
using SharpCompress.Common;
using SharpCompress.Common.SevenZip;
using SharpCompress.Compressors;
using SharpCompress.Compressors.Deflate;

namespace Cmcd.Repro.Datasets.Archives;

/// <summary>The entries of a zip, 7z or tar.gz file in the order they can be read. Archives inside are files like any other: they are not opened.</summary>
internal static class ArchiveEntries
{
    private const int UnixKindMask = 0xF000;   // S_IFMT of stat(2)
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;
    private const int WindowsReparsePoint = 0x400;

    /// <exception cref="DatasetUnavailableException">The name has none of the three endings.</exception>
    public static IEnumerable<ArchiveEntry> Of(string path) => Path.GetFileName(path) switch
    {
        var name when name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) => Zip(path),
        var name when name.EndsWith(".7z", StringComparison.OrdinalIgnoreCase) => SevenZip(path),
        var name when name.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) => TarGz(path),
        var name => throw new DatasetUnavailableException($"{name} cannot be unpacked. Known archives: .zip, .7z, .tar.gz."),
    };

    private static IEnumerable<ArchiveEntry> Zip(string path)
    {
        using var archive = ZipArchive.OpenArchive(path);
        foreach (var entry in archive.Entries) yield return Of(entry, entry.Attrib, entry.OpenEntryStream);
    }

    private static IEnumerable<ArchiveEntry> SevenZip(string path)
    {
        // One reader for all: an archive packed as one stream would otherwise be unpacked anew for each file.
        using var archive = SevenZipArchive.OpenArchive(path);
        using var reader = archive.ExtractAllEntries();
        try
        {
            while (reader.MoveToNextEntry()) yield return Of(reader.Entry, UnixAttributes((SevenZipEntry)reader.Entry), reader.OpenEntryStream);
        }
        finally
        {
            reader.Cancel();   // else closing a refused entry would unpack the rest of it
        }
    }

    private static IEnumerable<ArchiveEntry> TarGz(string path)
    {
        // SharpCompress unpacks and checks the CRC at the end; the base library reads the tar, because it tells what kind each entry is.
        using var file = File.OpenRead(path);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType == TarEntryType.GlobalExtendedAttributes) continue;   // notes about the archive, not an entry
            var isFolder = entry.EntryType == TarEntryType.Directory;
            var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile;
            var forbidden = isFile || isFolder ? null : $"it is a {entry.EntryType}{(entry.LinkName.Length > 0 ? $" to \"{entry.LinkName}\"" : "")}; only files and folders come out";
            yield return new(entry.Name, isFolder, forbidden, null, () => entry.DataStream ?? Stream.Null);
        }

        unpacked.CopyTo(Stream.Null);   // to the trailer: a cut after the last entry is found there
    }

    private static ArchiveEntry Of(IEntry entry, int? attributes, Func<Stream> open)
    {
        var kind = ((attributes ?? 0) >> 16) & UnixKindMask;
        var isLink = entry.LinkTarget is not null || (kind != 0 && kind != UnixFile && kind != UnixFolder) || ((attributes ?? 0) & WindowsReparsePoint) != 0;
        var forbidden = entry.IsEncrypted ? "it is encrypted" : isLink ? "it is a link or a device; only files and folders come out" : null;
        return new(entry.Key ?? "", entry.IsDirectory, forbidden, entry.IsDirectory ? null : (uint)entry.Crc, open);
    }

    /// <summary>SharpCompress 0.50.8 shows the low byte of a 7z entry's attributes; its kind is in the rest, which it keeps to itself.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ExtendedAttrib")]
    private static extern int? UnixAttributes(SevenZipEntry entry);
}
