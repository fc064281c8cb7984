using Cmcd.Repro.Datasets.Download;

namespace Cmcd.Repro.Datasets;

/// <summary>The store of the paper's datasets, for reading: it never fetches, so a run cannot start a download.</summary>
/// <param name="cache">The cache folder.</param>
public sealed class PaperDataFolder(string cache)
{
    /// <summary>The folders of sources that are here whole.</summary>
    /// <param name="sources">All sources a run needs, so that everything missing is told at once.</param>
    /// <exception cref="DatasetMissingException">A needed file is missing, changed or not unpacked; the message lists all, with what to do.</exception>
    public IReadOnlyList<DatasetFolder> Require(params IReadOnlyCollection<DatasetSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var missing = new List<MissingFile>();
        var folders = new List<DatasetFolder>();
        foreach (var source in sources)
        {
            var store = new SourceStore(cache, source);
            var receipts = source.Files.Select(store.Ready).OfType<FileReceipt>().ToDictionary(receipt => receipt.Name);
            missing.AddRange(source.Needed.Where(file => !receipts.ContainsKey(file.Name)).Select(file => new MissingFile(source, file, $"{file.Name} is not in {store.Folder}{Unready(store, file)}.")));
            folders.Add(new(source, store, receipts));
        }

        MissingFile.ThrowIfAny(missing, null);
        return folders;
    }

    private static string Unready(SourceStore store, RemoteFile file) => store.Held(file) is null ? "" : " as a whole: it is fetched and not unpacked";
}
