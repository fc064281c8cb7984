namespace Cmcd.Repro.Datasets.Download;

/// <summary>The folder where users put files they obtained themselves (--data): the right name or the right hash is enough.</summary>
/// <remarks>Looked into: the folder and its subfolder named like the source. Nothing in it is changed.</remarks>
internal sealed class DropFolder
{
    private readonly string _folder;
    private readonly HashSet<string> _unhashed;
    private readonly HashSet<string> _sharedNames;
    private readonly Dictionary<string, FileDigest> _digests = [];

    /// <exception cref="DatasetUnavailableException">There is no such folder.</exception>
    public DropFolder(string folder, SourceCatalogue catalogue)
    {
        if (!Directory.Exists(folder)) throw new DatasetUnavailableException($"--data is {folder}, and there is no such folder. Make it and put the files in, or leave --data out.");
        _folder = folder;
        RemoteFile[] files = [.. catalogue.Sources.SelectMany(source => source.Files)];
        _unhashed = [.. files.Where(file => !file.Checked.HasHash).Select(file => file.Name)];
        _sharedNames = [.. files.CountBy(file => file.Name).Where(name => name.Value > 1).Select(name => name.Key)];
    }

    /// <summary>Folders in the source's subfolder: what users keep there in many files.</summary>
    /// <exception cref="ReproException">The subfolder cannot be read.</exception>
    public IReadOnlyList<DroppedFolder> Folders(DatasetSource source)
    {
        var own = Path.Combine(_folder, source.Name);
        return StoreDisk.Guard(own, () => !Directory.Exists(own) ? [] : Directory.GetDirectories(own).Order(StringComparer.Ordinal).Select(path => new DroppedFolder(Path.GetFileName(path), Path.GetFullPath(path))).ToArray());
    }

    /// <summary>Looks for a file by its name, then by its hash.</summary>
    /// <param name="source">Its dataset.</param>
    /// <param name="file">What is looked for.</param>
    /// <param name="faults">Gets a line for each file that has the name and is not the file.</param>
    /// <param name="stop">Stops a long hashing.</param>
    /// <returns>Where it lies and what it is; null when it is not here.</returns>
    /// <exception cref="ReproException">A file cannot be read.</exception>
    public (string Path, FileDigest Digest)? Find(DatasetSource source, RemoteFile file, ICollection<string> faults, CancellationToken stop) =>
        StoreDisk.Guard(_folder, () => ByName(source, file, faults, stop) ?? ByHash(source, file, stop));

    private (string Path, FileDigest Digest)? ByName(DatasetSource source, RemoteFile file, ICollection<string> faults, CancellationToken stop)
    {
        var own = Path.Combine(_folder, source.Name, file.Name);
        var flat = Path.Combine(_folder, file.Name);
        foreach (var path in new[] { own, flat }.Where(File.Exists))
        {
            // The checkpoints share their file names and have no published hashes: only the subfolder tells them apart.
            if (path == flat && _sharedNames.Contains(file.Name) && !file.Checked.HasHash)
            {
                faults.Add($"{path} is not used: several sources have a file of this name. Put it into {Path.GetDirectoryName(own)}.");
                continue;
            }

            var digest = Digest(path, stop);
            var differences = Faults(file, path, digest);
            if (differences.Count == 0) return (path, digest);
            faults.Add($"{path} is not the file: {string.Join("; ", differences)}.");
        }

        return null;
    }

    private (string Path, FileDigest Digest)? ByHash(DatasetSource source, RemoteFile file, CancellationToken stop)
    {
        // Files known by their names alone are left out: hashing twenty archives of clips to find a table would take an hour.
        if (!file.Checked.HasHash) return null;
        var others = new[] { Path.Combine(_folder, source.Name), _folder }.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Where(path => !_unhashed.Contains(Path.GetFileName(path)) && (file.Checked.Bytes is null || new FileInfo(path).Length == file.Checked.Bytes));
        foreach (var path in others.Order(StringComparer.Ordinal))
        {
            var digest = Digest(path, stop);
            if (file.Checked.Differences(digest).Count == 0) return (path, digest);
        }

        return null;
    }

    private FileDigest Digest(string path, CancellationToken stop)
    {
        if (!_digests.TryGetValue(path, out var digest)) _digests[path] = digest = FileDigest.Of(path, stop);
        return digest;
    }

    private static IReadOnlyList<string> Faults(RemoteFile file, string path, FileDigest digest)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[FileSignature.Bytes];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return FileSignature.Fault(file.Name, start.AsSpan(0, read)) is { } fault ? [fault] : file.Checked.Differences(digest);
    }
}
