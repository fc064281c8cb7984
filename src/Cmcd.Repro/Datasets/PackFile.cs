namespace Cmcd.Repro.Datasets;

/// <summary>One file of a pack as packs.json lists it.</summary>
/// <param name="Path">Relative to the data folder, with forward slashes.</param>
/// <param name="Bytes">File size.</param>
/// <param name="Sha256">Hex, lower case.</param>
/// <param name="Count">Items; 1 for a text.</param>
/// <param name="Shape">Dimensions of an idx file; empty for others.</param>
internal sealed record PackFile(string Path, long Bytes, string Sha256, int Count, IReadOnlyList<int> Shape);

/// <summary>One dataset's embedded files, written by make_packs.py.</summary>
internal sealed record Pack(string Name, string Licence, IReadOnlyList<string> Classes, IReadOnlyList<PackFile> Files, string Source)
{
    /// <summary>The file of that name in the pack's own folder.</summary>
    public PackFile File(string file) => Files.FirstOrDefault(each => each.Path == $"{Name}/{file}")
        ?? throw new DatasetUnavailableException($"{PackFolder.Manifest} does not list {Name}/{file}. {PackFolder.Remedy(PackFolder.Manifest)}");
}
