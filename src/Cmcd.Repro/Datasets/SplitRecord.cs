using Cmcd.Repro.Caching;

namespace Cmcd.Repro.Datasets;

/// <summary>A split as a text file, so that another program can use the same one: a line each, part, tab, item.</summary>
internal static class SplitRecord
{
    /// <summary>Writes it where it is not there yet.</summary>
    /// <param name="folder">Where decoded sets are kept.</param>
    /// <param name="name">What is split, such as "sketchy-eval-split".</param>
    /// <param name="hash">Over everything that decides the split.</param>
    /// <param name="about">First line, without the leading sign.</param>
    /// <param name="lines">Part and item.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="ReproException">The folder cannot be written.</exception>
    public static string Write(string folder, string name, string hash, string about, IEnumerable<(string Part, string Item)> lines)
    {
        var path = Path.Combine(folder, $"{name}-{hash[..16]}.txt");
        if (File.Exists(path)) return path;
        StoreDisk.Guard(path, () =>
        {
            Directory.CreateDirectory(folder);
            DurableFile.Write(path, stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
                writer.WriteLine($"# {about}");
                foreach (var (part, item) in lines) writer.WriteLine($"{part}\t{item}");
            });
        });
        return path;
    }
}
