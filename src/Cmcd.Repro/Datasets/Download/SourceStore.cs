using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets.Archives;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>The folder of one source: its checked files with their receipts, and what came out of its archives.</summary>
/// <remarks>
/// datasets/[source]/[file], [file].receipt.json, [file].lock, [file].unpacked/, and while it is fetched [file].part; [folder].folder.json names a folder that lies elsewhere.
/// An archive may be deleted once it is unpacked.
/// </remarks>
internal sealed class SourceStore(string cache, DatasetSource source)
{
    public string Folder { get; } = Path.Combine(cache, "datasets", source.Name);

    public string PathOf(RemoteFile file) => Path.Combine(Folder, file.Name);

    public string LockOf(RemoteFile file) => PathOf(file) + ".lock";

    public string UnpackedOf(RemoteFile file) => PathOf(file) + ".unpacked";

    /// <summary>What a reader is given: the file itself, or the folder of its content.</summary>
    public string ContentOf(RemoteFile file) => file.Archive is null ? PathOf(file) : ArchiveExtractor.ContentOf(UnpackedOf(file));

    /// <summary>The receipt of a file that lies here, or whose content does, and still answers the catalogue; else null.</summary>
    public FileReceipt? Held(RemoteFile file)
    {
        if (Receipt(file) is not { } receipt || file.Checked.Differences(receipt.Digest).Count > 0) return null;
        var info = new FileInfo(PathOf(file));
        return (info.Exists && info.Length == receipt.Digest.Bytes) || IsUnpacked(file, receipt) ? receipt : null;
    }

    /// <summary>The receipt of a file that can be read as it is: held, and unpacked where it is an archive.</summary>
    public FileReceipt? Ready(RemoteFile file) => Held(file) is { } receipt && (file.Archive is null || IsUnpacked(file, receipt)) ? receipt : null;

    public bool IsUnpacked(RemoteFile file, FileReceipt receipt) => file.Archive is not null && ArchiveExtractor.IsWhole(UnpackedOf(file), receipt.Digest.Sha256);

    public void Write(FileReceipt receipt) => StoreDisk.Guard(Folder, () => SealedJson.Write(Path.Combine(Folder, receipt.Name + ".receipt.json"), receipt));

    public void Write(DroppedFolder folder) => StoreDisk.Guard(Folder, () => SealedJson.Write(NoteOf(folder.Name), folder));

    /// <summary>Folders of that name: in the store, and where the last fetch found one in the drop folder.</summary>
    public IEnumerable<string> Folders(string name)
    {
        if (Directory.Exists(Path.Combine(Folder, name))) yield return Path.Combine(Folder, name);
        if (Read<DroppedFolder>(NoteOf(name)) is { } dropped) yield return dropped.Path;
    }

    private string NoteOf(string folder) => Path.Combine(Folder, folder + ".folder.json");

    private FileReceipt? Receipt(RemoteFile file) => Read<FileReceipt>(PathOf(file) + ".receipt.json");

    private static T? Read<T>(string path) where T : class
    {
        try
        {
            return StoreDisk.Guard(path, () => File.Exists(path) ? SealedJson.Read<T>(path) : null);
        }
        catch (InvalidDataException)
        {
            return null;   // cut or changed: what it told of is looked for again
        }
    }
}
