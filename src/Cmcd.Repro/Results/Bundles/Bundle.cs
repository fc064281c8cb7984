using System.Buffers.Binary;
using System.IO.Compression;

namespace Cmcd.Repro.Results.Bundles;

/// <summary>A tier's evidence in one file that anybody can check: results, experiment files, approved numbers, each with its SHA-256.</summary>
/// <param name="Index">bundle.json; null if it cannot be read.</param>
/// <param name="Files">Every other file, in the archive's order.</param>
/// <param name="Faults">Why it may not be believed, one line each; empty if every byte is as it was written.</param>
public sealed record Bundle(BundleIndex? Index, IReadOnlyList<BundleEntry> Files, IReadOnlyList<string> Faults)
{
    /// <summary>Most bytes that a bundle may have; all five tables with ten seeds stay below a tenth of it.</summary>
    public const long MaxBytes = 256 << 20;

    /// <summary>Most bytes that one packed predictions file may unpack to: ten times what 100,000 items and 100 runs need.</summary>
    public const long MaxPredictions = 256 << 20;

    private const int MaxEntries = 10_000;

    /// <summary>The bytes of a bundle: the same files give the same bytes.</summary>
    /// <param name="tier">smoke, mini or paper.</param>
    /// <param name="files">Its files in any order; each path once.</param>
    public static byte[] Pack(string tier, IEnumerable<BundleEntry> files)
    {
        BundleEntry[] sorted = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        return StoredZip.Write([new(BundleIndex.FileName, BundleIndex.Of(tier, sorted).Write()), .. sorted]);
    }

    /// <summary>Reads a bundle into memory and checks every byte; unpacks and writes nothing.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ReproException">It is missing, too large, no bundle, or a bundle of another version.</exception>
    public static Bundle Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new ReproException($"{path} does not exist: expected a bundle, as `bundle` writes it.");
        if (new FileInfo(path).Length is > MaxBytes and var bytes) throw new ReproException($"{path} has {bytes:N0} bytes; a bundle has at most {MaxBytes:N0}. It was not opened.");

        return Read(path, ResultFile.Guard(path, () => File.ReadAllBytes(path)));
    }

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="archive">Its bytes.</param>
    internal static Bundle Read(string path, byte[] archive)
    {
        if (archive.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(archive) != StoredZip.EntrySignature) throw new ReproException($"{path} is no bundle: it is no zip archive.");
        var faults = new List<string>();
        var (entries, whole) = StoredZip.Read(archive, faults);
        if (!StoredZip.StartsWith(archive, BundleIndex.FileName)) throw new ReproException($"{path} is no bundle: its first entry is not {BundleIndex.FileName}.");
        if (entries.Count > MaxEntries) faults.Add($"It has {entries.Count:N0} entries, expected at most {MaxEntries:N0}.");
        foreach (var twice in entries.GroupBy(entry => entry.Path, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            faults.Add($"{twice.Key} stands {twice.Count()} times.");

        BundleEntry[] files = [.. entries.Skip(1)];
        if (!whole) return new(null, files, faults);   // what is missing or changed besides says nothing new

        var index = BundleIndex.Read(path, entries[0].Content.Span, faults);
        if (index is not null) Compare(index, files, faults);
        if (faults.Count == 0) CompareFrame(archive, StoredZip.Write(entries), faults);
        return new(index, files, faults);
    }

    /// <summary>Writes the files below a folder.</summary>
    /// <param name="folder">An empty folder of the caller's.</param>
    /// <exception cref="InvalidOperationException">The bundle has faults: its names and contents are not to be trusted.</exception>
    /// <exception cref="ReproException">A file cannot be written, or packed predictions unpack to more than they may.</exception>
    public void Unpack(string folder)
    {
        if (Faults.Count > 0) throw new InvalidOperationException("A bundle with faults is not unpacked.");
        foreach (var file in Files)
        {
            if (file.Path.EndsWith(".gz", StringComparison.Ordinal)) RequireModest(file);
            ResultFile.Replace(Path.Combine(folder, file.Path), file.Content.ToArray());
        }
    }

    private static void Compare(BundleIndex index, BundleEntry[] files, List<string> faults)
    {
        var listed = index.Files.GroupBy(line => line.Path).ToDictionary(lines => lines.Key, lines => lines.First());
        var present = files.GroupBy(file => file.Path).ToDictionary(group => group.Key, group => group.First());
        var hashes = present.Values.ToDictionary(file => file.Path, file => BundleIndex.Hash(file.Content.Span));
        BundleIndexLine[] missing = [.. listed.Values.Where(line => !present.ContainsKey(line.Path))];
        var renamed = new HashSet<string>();
        foreach (var extra in present.Values.Where(file => !listed.ContainsKey(file.Path)))
        {
            var origin = missing.FirstOrDefault(line => line.Sha256 == hashes[extra.Path] && renamed.Add(line.Path));
            faults.Add(origin is null ? $"{extra.Path} is not listed in {BundleIndex.FileName}: it was added." : $"{extra.Path} is {origin.Path} under another name: it was renamed.");
        }

        faults.AddRange(missing.Where(line => !renamed.Contains(line.Path)).Select(line => $"{line.Path} is missing: {BundleIndex.FileName} lists it."));
        faults.AddRange(listed.Values.Where(line => present.TryGetValue(line.Path, out var file) && (file.Content.Length != line.Bytes || hashes[line.Path] != line.Sha256))
            .Select(line => $"{line.Path} was changed: {present[line.Path].Content.Length} bytes with SHA-256 {hashes[line.Path][..12]}…, {BundleIndex.FileName} says {line.Bytes} with {line.Sha256[..Math.Min(12, line.Sha256.Length)]}…."));
    }

    /// <summary>What is no file's content: headers and directory, which the files alone determine.</summary>
    private static void CompareFrame(ReadOnlySpan<byte> archive, ReadOnlySpan<byte> expected, List<string> faults)
    {
        var same = expected.CommonPrefixLength(archive);
        if (same == archive.Length && same == expected.Length) return;
        faults.Add(same == archive.Length ? $"The archive is cut in its directory, behind the last file: {archive.Length} of {expected.Length} bytes."
            : same == expected.Length ? $"{archive.Length - same} bytes were appended."
            : $"The files are as listed, but byte {same} is not as bundles have it: the header of an entry or the directory was changed, or another program packed them.");
    }

    /// <summary>A few kilobytes of gzip can unpack to gigabytes: they are counted before anything keeps them.</summary>
    private static void RequireModest(BundleEntry file)
    {
        var buffer = new byte[1 << 16];
        using var gzip = new GZipStream(new MemoryStream(file.Content.ToArray()), CompressionMode.Decompress);
        try
        {
            for (var total = 0L; gzip.Read(buffer) is > 0 and var read;)
                if ((total += read) > MaxPredictions) throw new ReproException($"{file.Path} unpacks to more than {MaxPredictions:N0} bytes: it was not unpacked.");
        }
        catch (InvalidDataException fault)
        {
            throw new ReproException($"{file.Path} is damaged: {fault.Message}", fault);
        }
    }
}
