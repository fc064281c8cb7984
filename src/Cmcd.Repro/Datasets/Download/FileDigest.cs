using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>Size and hashes of a file, all taken in one reading.</summary>
/// <param name="Bytes">File size.</param>
/// <param name="Sha256">Hex, lower case.</param>
/// <param name="Md5">Hex, lower case; what most of the datasets' authors and users published.</param>
/// <param name="GitBlob">SHA-1 under which git stores this content, hex, lower case.</param>
public sealed record FileDigest(long Bytes, string Sha256, string Md5, string GitBlob)
{
    private const int BlockBytes = 1 << 20;

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Stopped between two blocks.</exception>
    internal static FileDigest Of(string path, CancellationToken stop = default)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return Of(stream, stop);
    }

    /// <summary>Reads from the stream's position, which is its start, to its end.</summary>
    internal static FileDigest Of(FileStream stream, CancellationToken stop)
    {
        var bytes = stream.Length;
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var gitBlob = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        gitBlob.AppendData(Encoding.ASCII.GetBytes($"blob {bytes}\0"));
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            for (int read; (read = stream.Read(block)) > 0;)
            {
                stop.ThrowIfCancellationRequested();
                foreach (var hash in new[] { sha256, md5, gitBlob }) hash.AppendData(block, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return new(bytes, Hex(sha256), Hex(md5), Hex(gitBlob));
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
