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

    /// <summary>Folders of that name with files the user obtained: one in the store, and one in the folder that --data named at the last fetch. Empty where there is none.</summary>
    /// <param name="name">Such as "clips".</param>
    /// <exception cref="DatasetUnavailableException">A folder that was there at the last fetch is gone.</exception>
    public IReadOnlyList<string> Folders(string name)
    {
        string[] folders = [.. _store.Folders(name)];
        return Array.Find(folders, folder => !Directory.Exists(folder)) is not { } gone ? folders : throw new DatasetUnavailableException(
            $"{gone} was there at the last fetch and is gone. Attach it, or say where it is now: ./build.sh --target=Datasets --name={Source.Name} --data=DIR, with DIR/{Source.Name}/{name}.");
    }

    /// <summary>Path of a file, or of the folder with an archive's content.</summary>
    /// <param name="file">Name in the catalogue.</param>
    /// <exception cref="KeyNotFoundException">It is not here: a file on request that nobody requested. See <see cref="Receipts"/>.</exception>
    public string this[string file] => _store.ContentOf(Source.Files.First(each => each.Name == Receipts[file].Name));
}
