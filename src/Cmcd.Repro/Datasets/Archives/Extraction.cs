namespace Cmcd.Repro.Datasets.Archives;

/// <summary>One run through an archive, entry by entry, with the counters of its limits.</summary>
internal sealed class Extraction(string archive, ArchiveLimits limits, string folder, Action<int, long> progress, CancellationToken stop)
{
    private readonly EntryPaths _paths = new();
    private readonly long _archiveBytes = new FileInfo(archive).Length;
    private readonly byte[] _block = new byte[1 << 17];
    private int _entries;
    private long _bytes;

    /// <returns>Entries and bytes that came out.</returns>
    /// <exception cref="DatasetUnavailableException">The archive is damaged, or an entry is refused.</exception>
    public (int Entries, long Bytes) Run()
    {
        var entries = ArchiveEntries.Of(archive).GetEnumerator();
        var last = "";
        try
        {
            while (Reading(last, entries.MoveNext))
            {
                stop.ThrowIfCancellationRequested();
                last = entries.Current.Name;
                TakeOut(entries.Current);
                progress(_entries, _bytes);
            }
        }
        finally
        {
            Close(entries);
        }

        return (_entries, _bytes);
    }

    private void TakeOut(ArchiveEntry entry)
    {
        if (++_entries > limits.Entries) throw Refused(entry.Name, $"it is entry {_entries:N0}, and the catalogue allows {limits.Entries:N0}");
        if (entry.Forbidden is { } forbidden) throw Refused(entry.Name, forbidden);
        var (path, refusal) = _paths.Of(entry.Name, entry.IsFolder);
        if (refusal is not null) throw Refused(entry.Name, refusal);
        var full = Path.Combine(folder, path);
        StoreDisk.Guard(full, () => Directory.CreateDirectory(entry.IsFolder ? full : Path.GetDirectoryName(full)!));
        if (!entry.IsFolder) Write(entry, full);
    }

    private void Write(ArchiveEntry entry, string full)
    {
        using var output = StoreDisk.Guard(full, () => new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
        var input = Reading(entry.Name, entry.Open);   // closed only at its end: closing it early would unpack the rest
        var crc = new Crc32();
        for (int read; (read = Reading(entry.Name, () => input.Read(_block))) > 0;)
        {
            stop.ThrowIfCancellationRequested();
            _bytes += read;
            if (_bytes > limits.Bytes) throw Refused(entry.Name, $"with it more than {limits.Bytes:N0} bytes come out, which is what the catalogue allows");
            if (_bytes > _archiveBytes * (decimal)limits.Ratio)
                throw Refused(entry.Name, $"with it more than {limits.Ratio:N0} times the archive's {_archiveBytes:N0} bytes come out, which is what the catalogue allows");
            crc.Append(_block.AsSpan(0, read));
            StoreDisk.Guard(full, () => output.Write(_block, 0, read));
        }

        Reading(entry.Name, () => { input.Dispose(); return true; });
        if (OperatingSystem.IsWindows()) StoreDisk.Guard(full, () => output.Flush(flushToDisk: true));   // elsewhere one call flushes all at the end
        if (entry.Crc is { } expected && crc.Value != expected) throw Damaged(entry.Name, $"its CRC-32 is {crc.Value:x8}, expected {expected:x8}");
    }

    /// <summary>Runs code of the decoders: whatever they throw on bytes they do not like means that the archive is damaged.</summary>
    private T Reading<T>(string entry, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or ReproException))
        {
            throw Damaged(entry, fault.Message, fault);
        }
    }

    private static void Close(IDisposable entries)
    {
        try
        {
            entries.Dispose();
        }
        catch (Exception fault) when (fault is not ReproException)
        {
            // Only after a refusal, which is the message that counts: a decoder closed midway misses its trailer.
        }
    }

    private DatasetUnavailableException Refused(string entry, string why) =>
        new($"{archive} is not unpacked: entry \"{entry}\" is refused: {why}. Nothing of it is kept. If this is the authors' archive, the ceilings in {Download.SourceCatalogue.FileName} are wrong; else delete it.");

    private DatasetUnavailableException Damaged(string entry, string why, Exception? fault = null) =>
        new($"{archive} is damaged{(entry.Length > 0 ? $" at or after entry \"{entry}\"" : "")}: {why.TrimEnd('.')}. Nothing of it is kept. Delete it and fetch it again.", fault!);
}
