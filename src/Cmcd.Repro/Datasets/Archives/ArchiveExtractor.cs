using Cmcd.Repro.Caching;

namespace Cmcd.Repro.Datasets.Archives;

/// <summary>Unpacks a checked archive into a folder that appears whole or not at all.</summary>
/// <remarks>
/// The target holds the folder content/ and extracted.json with the archive's hash. Both are made under the name target.new and renamed
/// together; what a stopped extraction left there is removed by the next one. Limits are held against bytes that came out.
/// </remarks>
public static class ArchiveExtractor
{
    private const string RecordName = "extracted.json";

    /// <summary>Where the files of an unpacked archive lie.</summary>
    public static string ContentOf(string target) => Path.Combine(target, "content");

    /// <summary>True when the archive with this hash came out here whole.</summary>
    /// <param name="target">As given to <see cref="Extract"/>.</param>
    /// <param name="sha256">Of the archive, hex, lower case.</param>
    public static bool IsWhole(string target, string sha256)
    {
        var path = Path.Combine(target, RecordName);
        try
        {
            return File.Exists(path) && Directory.Exists(ContentOf(target)) && SealedJson.Read<ExtractionRecord>(path).Sha256 == sha256;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Unpacks an archive in place of what lies at the target.</summary>
    /// <param name="archive">A .zip, .7z or .tar.gz file.</param>
    /// <param name="sha256">Its hash when it was checked; another one now is refused.</param>
    /// <param name="limits">Ceilings.</param>
    /// <param name="target">Folder to make.</param>
    /// <param name="progress">Gets the entries and bytes so far, after each file.</param>
    /// <param name="stop">Stops between two blocks.</param>
    /// <exception cref="DatasetUnavailableException">The archive is damaged, holds an entry that may not come out, or more than the limits; nothing is left.</exception>
    /// <exception cref="ReproException">The disk refuses.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static ExtractionRecord Extract(
        string archive, string sha256, ArchiveLimits limits, string target, Action<int, long> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(progress);
        var staging = target + ".new";
        Remove(staging);
        try
        {
            StoreDisk.Guard(staging, () => Directory.CreateDirectory(ContentOf(staging)));
            var now = StoreDisk.Guard(archive, () => DurableFile.Sha256(archive));
            if (now != sha256) throw new DatasetUnavailableException($"{archive} has changed since it was checked: SHA-256 {now}, then {sha256}. Delete it and fetch it again.");
            var (entries, bytes) = new Extraction(archive, limits, ContentOf(staging), progress, stop).Run();
            var record = new ExtractionRecord(sha256, entries, bytes);
            StoreDisk.Guard(staging, () =>
            {
                DurableFile.FlushAll();
                SealedJson.Write(Path.Combine(staging, RecordName), record);
                Remove(target);
                Directory.Move(staging, target);
                DurableFile.FlushFolder(Path.GetDirectoryName(target)!);
            });
            return record;
        }
        catch
        {
            Remove(staging);
            throw;
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) StoreDisk.Guard(folder, () => Directory.Delete(folder, recursive: true));
    }
}
