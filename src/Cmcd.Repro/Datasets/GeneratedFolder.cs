using System.Security.Cryptography;

namespace Cmcd.Repro.Datasets;

/// <summary>Generated data on disk: made once, found again by the hash of everything that decides it.</summary>
/// <remarks>
/// A file is its content with the content's SHA-256 in front, written under a temporary name and renamed. One that is cut or damaged is made
/// again: the generator is a pure function, so nothing is lost.
/// </remarks>
/// <param name="folder">Where the files live; made when first needed.</param>
internal sealed class GeneratedFolder(string folder)
{
    /// <summary>The bytes of one set, from disk or made now.</summary>
    /// <param name="name">Catalogue name and part, such as "rooms-pairs-depth".</param>
    /// <param name="hash">The set's <see cref="ContentHash"/>: generator version, parameters, count.</param>
    /// <param name="make">Makes the bytes.</param>
    /// <exception cref="DatasetUnavailableException">The folder cannot be written.</exception>
    public byte[] Get(string name, string hash, Func<byte[]> make)
    {
        var path = Path.Combine(folder, $"{name}-{hash[..16]}.bin");
        if (File.Exists(path) && Read(path) is { } stored) return stored;

        var content = make();
        try
        {
            Directory.CreateDirectory(folder);
            var temporary = $"{path}.{Environment.ProcessId}.tmp";
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                file.Write(SHA256.HashData(content));
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetUnavailableException($"The generated data set {name} cannot be kept in {folder}: {fault.Message} Free space there, or choose another folder with --cache=DIR.", fault);
        }

        return content;
    }

    private static byte[]? Read(string path)
    {
        var file = File.ReadAllBytes(path);
        if (file.Length < SHA256.HashSizeInBytes) return null;
        var content = file.AsSpan(SHA256.HashSizeInBytes);
        return SHA256.HashData(content).AsSpan().SequenceEqual(file.AsSpan(0, SHA256.HashSizeInBytes)) ? content.ToArray() : null;
    }
}
