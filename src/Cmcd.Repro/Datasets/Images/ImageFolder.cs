using System.Security.Cryptography;

namespace Cmcd.Repro.Datasets.Images;

/// <summary>The JPEG and PNG files under a folder, in ordinal order of their paths, with a hash of their contents.</summary>
/// <remarks>Subfolders are searched; names that begin with a dot are left out. Files are read whole once, for the hash: an edited image never meets what was decoded before.</remarks>
internal sealed class ImageFolder
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png"];

    private ImageFolder(string path, string[] files, string[] hashes, string[] faults, int otherFiles)
    {
        (Path, Files, Faults, OtherFiles) = (path, files, faults, otherFiles);
        Places = files.Index().ToDictionary(file => file.Item, file => file.Index);
        Hash = ContentHash.Of([.. files.Zip(hashes, (file, hash) => $"{file} {hash}")]);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Paths within the folder, with forward slashes.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Place of each file in the list.</summary>
    public IReadOnlyDictionary<string, int> Places { get; }

    /// <summary>Files that are no images by their first bytes, each with its reason.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Files with other endings; not read.</summary>
    public int OtherFiles { get; }

    /// <summary>Over names and contents.</summary>
    public string Hash { get; }

    /// <summary>Full paths, in order.</summary>
    public string[] FullPaths => [.. Files.Select(file => System.IO.Path.Combine(Path, file))];

    /// <param name="path">The folder.</param>
    /// <param name="dataset">Named in messages.</param>
    /// <param name="option">Which option names the folder.</param>
    /// <exception cref="DatasetUnavailableException">The option is empty, there is no such folder, it holds no image, or a file cannot be read.</exception>
    public static ImageFolder Open(string path, string dataset, string option)
    {
        if (path.Length == 0) throw new DatasetUnavailableException($"{dataset}: option {option} is empty. Set it to the folder of these images.");
        var full = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(full)) throw new DatasetUnavailableException($"{dataset}: option {option} is {full}, and there is no such folder. Correct the path.");
        try
        {
            string[] all = [.. Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories).Where(file => !System.IO.Path.GetFileName(file).StartsWith('.'))];
            string[] files =
            [
                .. all.Where(file => Endings.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                    .Select(file => System.IO.Path.GetRelativePath(full, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
            ];
            if (files.Length == 0) throw new DatasetUnavailableException($"{dataset}: {full} (option {option}) holds no image among {all.Length} files. Allowed: {string.Join(", ", Endings)}.");
            var (hashes, faults) = (new string[files.Length], new string?[files.Length]);
            for (var file = 0; file < files.Length; file++) (hashes[file], faults[file]) = Look(System.IO.Path.Combine(full, files[file]));
            return new(full, files, hashes, [.. faults.OfType<string>()], all.Length - files.Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetUnavailableException($"{dataset}: {full} (option {option}) cannot be read: {fault.Message} Make it readable.", fault);
        }
    }

    private static (string Hash, string? Fault) Look(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        try
        {
            ImageDecoder.Size(bytes, path);
            return (hash, null);
        }
        catch (DatasetUnavailableException fault)
        {
            return (hash, fault.Message);
        }
    }
}
