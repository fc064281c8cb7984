using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets.Archives;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>Brings the files of a source into the store: found there, dropped in by the user, or downloaded; archives are unpacked.</summary>
/// <param name="cache">The cache folder; the store is its subfolder datasets.</param>
/// <param name="catalogue">All sources.</param>
/// <param name="downloader">Null forbids the network.</param>
/// <param name="dropFolder">Folder with files the user obtained; null when there is none.</param>
/// <param name="time">Clock of the receipts.</param>
/// <param name="observer">Hears what happens.</param>
public sealed class SourceFetcher(
    string cache, SourceCatalogue catalogue, Downloader? downloader, string? dropFolder, TimeProvider time, IFetchObserver observer)
{
    private readonly DropFolder? _drop = dropFolder is null ? null : new(dropFolder, catalogue);

    /// <summary>Brings in the given files, all that can be had before the missing ones are told.</summary>
    /// <param name="source">The source.</param>
    /// <param name="files">Some of its files.</param>
    /// <param name="stop">Stops at once; the same call goes on from there.</param>
    /// <exception cref="DatasetUnavailableException">Files are missing; the message lists each with its reasons, and what to do.</exception>
    /// <exception cref="ReproException">The disk refuses.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task FetchAsync(DatasetSource source, IReadOnlyList<RemoteFile> files, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(files);
        var store = new SourceStore(cache, source);
        StoreDisk.Guard(store.Folder, () => Directory.CreateDirectory(store.Folder));
        foreach (var folder in _drop?.Folders(source) ?? [])
        {
            store.Write(folder);
            observer.Said($"{folder.Name}: the files of this folder are read where they lie, in {folder.Path}. Leave them there.");
        }

        var missing = new List<MissingFile>();
        foreach (var file in files)
        {
            try
            {
                using var held = StageLock.Acquire(store.LockOf(file), () => observer.Said($"{file.Name}: waiting for another process that fetches it."), stop);
                await BringAsync(source, file, store, stop).ConfigureAwait(false);
            }
            catch (DatasetUnavailableException fault)
            {
                missing.Add(new(source, file, fault.Message));
            }
        }

        MissingFile.ThrowIfAny(missing, dropFolder);
    }

    private async Task BringAsync(DatasetSource source, RemoteFile file, SourceStore store, CancellationToken stop)
    {
        var receipt = store.Held(file);
        if (receipt is not null)
        {
            observer.Said($"{file.Name}: here already ({receipt.Digest.Bytes:N0} bytes, checked against {receipt.CheckedAgainst}).");
        }
        else
        {
            receipt = Found(file, store, stop) ?? await DroppedAsync(source, file, store, stop).ConfigureAwait(false);
            store.Write(receipt);
            Tell(file, receipt);
        }

        if (file.Archive is not { } limits || store.IsUnpacked(file, receipt)) return;
        var record = ArchiveExtractor.Extract(
            store.PathOf(file), receipt.Digest.Sha256, limits, store.UnpackedOf(file), (entries, bytes) => observer.Extracted(file.Name, entries, bytes), stop);
        observer.Said($"{file.Name}: unpacked {record.Entries:N0} entries, {record.Bytes:N0} bytes.");
    }

    /// <summary>A file that lies in its place without a receipt: a kill came between the two, or the user put it there.</summary>
    private FileReceipt? Found(RemoteFile file, SourceStore store, CancellationToken stop)
    {
        var path = store.PathOf(file);
        if (!File.Exists(path)) return null;
        var digest = StoreDisk.Guard(path, () => FileDigest.Of(path, stop));
        var faults = file.Checked.HasHash ? file.Checked.Differences(digest) : ["it has no receipt, and no hash is published to check it by"];
        if (faults.Count == 0) return Receipt(file, digest, "found in the store");
        var reason = string.Join("; ", faults);
        StoreDisk.Guard(path, () =>
        {
            File.Move(path, Downloader.Rejected(path), overwrite: true);
            File.WriteAllText(Downloader.Rejected(path) + ".txt", $"found in the store: {reason}.\n");
        });
        observer.Said($"{file.Name}: what lay in the store is set aside as {file.Name}.rejected: {reason}.");
        return null;
    }

    private async Task<FileReceipt> DroppedAsync(DatasetSource source, RemoteFile file, SourceStore store, CancellationToken stop)
    {
        var faults = new List<string>();
        if (_drop?.Find(source, file, faults, stop) is { } dropped)
        {
            var copied = Copy(dropped.Path, store.PathOf(file), stop);
            return copied == dropped.Digest
                ? Receipt(file, copied, dropped.Path)
                : throw new DatasetUnavailableException($"{dropped.Path} changed while it was copied. Start again when nothing writes to it.");
        }

        foreach (var fault in faults) observer.Said(fault);
        if (downloader is null) throw new DatasetUnavailableException(string.Join("\n    ", [$"{file.Name} is not here, and --offline forbids fetching it.", .. faults]));
        var part = new FileInfo(store.PathOf(file) + PartialFile.Suffix);
        StoreDisk.RequireSpace(store.Folder, file.Name, file.Size - (part.Exists ? part.Length : 0));
        var (digest, url) = await downloader.FetchAsync(file, store.PathOf(file), stop).ConfigureAwait(false);
        return Receipt(file, digest, url.AbsoluteUri);
    }

    private static FileDigest Copy(string from, string target, CancellationToken stop) => StoreDisk.Guard(target, () =>
    {
        var temporary = target + ".copy";
        using (var source = File.OpenRead(from))
        using (var copy = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            source.CopyToAsync(copy, 1 << 20, stop).GetAwaiter().GetResult();
            copy.Flush(flushToDisk: true);
        }

        var digest = FileDigest.Of(temporary, stop);
        File.Move(temporary, target, overwrite: true);
        DurableFile.FlushFolder(Path.GetDirectoryName(target)!);
        return digest;
    });

    private FileReceipt Receipt(RemoteFile file, FileDigest digest, string from) => new(file.Name, digest, from, file.Checked.Names, time.GetUtcNow());

    private void Tell(RemoteFile file, FileReceipt receipt)
    {
        var vouched = file.Checked.HasHash ? $"checked against {receipt.CheckedAgainst}" : $"no hash is published; its SHA-256 here is {receipt.Digest.Sha256}";
        observer.Said($"{file.Name}: {receipt.Digest.Bytes:N0} bytes from {receipt.From}, {vouched}.");
        foreach (var difference in file.Reported?.Differences(receipt.Digest) ?? [])
            observer.Said($"{file.Name}: differs from an unconfirmed figure, which is not required: {difference}.{(file.Note is null ? "" : " " + file.Note)}");
    }
}
