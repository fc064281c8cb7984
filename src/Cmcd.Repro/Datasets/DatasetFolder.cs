using Cmcd.Repro.Datasets.Download;

namespace Cmcd.Repro.Datasets;

/// <summary>A paper dataset that is here whole: every needed file checked, every archive unpacked.</summary>
public sealed class DatasetFolder
{
    private readonly SourceStore _store;

    internal DatasetFolder(DatasetSource source, SourceStore store, IReadOnlyDictionary<string, FileReceipt> receipts) =>
        (Source, _store, Receipts) = (source, store, receipts);

    /// <summary>Licence, citation and the figures its files were checked against.</summary>
    public DatasetSource Source { get; }

    /// <summary>Receipt of every file that is here, by name: for the manifest and the dataset's hash.</summary>
    public IReadOnlyDictionary<string, FileReceipt> Receipts { get; }

    /// <summary>Path of a file, or of the folder with an archive's content.</summary>
    /// <param name="file">Name in the catalogue.</param>
    /// <exception cref="KeyNotFoundException">It is not here: a file on request that nobody requested. See <see cref="Receipts"/>.</exception>
    public string this[string file] => _store.ContentOf(Source.Files.First(each => each.Name == Receipts[file].Name));
}
