using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Cmcd.Repro.Tests.Datasets.Archives;

/// <summary>Archives with names and kinds that honest tools do not write, made by the base library.</summary>
internal static class MadeArchive
{
    /// <summary>A zip of small texts, in this order; the text is the entry's own name.</summary>
    public static void Zip(string path, params IEnumerable<string> names) => Zip(path, names.Select(name => (name, Encoding.UTF8.GetBytes(name), 0)));

    /// <summary>A zip with contents and, in the high half of the attributes, Unix modes.</summary>
    public static void Zip(string path, params IEnumerable<(string Name, byte[] Content, int Attributes)> entries)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, content, attributes) in entries)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
            entry.ExternalAttributes = attributes;
            using var stream = entry.Open();
            stream.Write(content);
        }
    }

    /// <summary>A tar.gz of entries of any kind.</summary>
    public static void TarGz(string path, params IEnumerable<TarEntry> entries)
    {
        using var packed = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);
        using var tar = new TarWriter(packed, TarEntryFormat.Pax);
        foreach (var entry in entries) tar.WriteEntry(entry);
    }

    public static TarEntry TarFile(string name, string text) =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    public static TarEntry TarLink(TarEntryType type, string name, string to) => new PaxTarEntry(type, name) { LinkName = to };
}
