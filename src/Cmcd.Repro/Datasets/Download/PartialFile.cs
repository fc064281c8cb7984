using Cmcd.Repro.Caching;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>A download on its way: the bytes so far in name.part, where they come from in name.part.json.</summary>
/// <remarks>
/// The sidecar counts only bytes that are on disk. What lies behind them after a kill or a power cut is dropped, so that a resumed file
/// never holds a hole; it costs at most one flush interval.
/// </remarks>
internal sealed class PartialFile : IDisposable
{
    public const string Suffix = ".part";

    private const long FlushInterval = 64 << 20;

    private readonly string _path;
    private readonly FileStream _stream;
    private Origin? _origin;

    private PartialFile(string path, FileStream stream, Origin? origin) => (_path, _stream, _origin) = (path, stream, origin);

    public long Length => _stream.Position;

    /// <summary>The mirror the bytes come from; null while there are none.</summary>
    public Uri? Url => _origin is { } origin ? new(origin.Url) : null;

    /// <summary>Null: a broken download cannot go on and starts over.</summary>
    public Validator? Validator => _origin?.Validator;

    /// <summary>Size of the whole file as the host told it.</summary>
    public long? Total => _origin?.Total;

    /// <summary>Opens the part beside a file to be, with all bytes that are known to be whole.</summary>
    /// <param name="target">The file's path when complete.</param>
    /// <exception cref="ReproException">The disk refuses.</exception>
    public static PartialFile Open(string target) => StoreDisk.Guard(target, () =>
    {
        var path = target + Suffix;
        Origin? origin = null;
        try
        {
            origin = File.Exists(Sidecar(path)) && File.Exists(path) ? SealedJson.Read<Origin>(Sidecar(path)) : null;
        }
        catch (InvalidDataException)
        {
            // A sidecar that cannot be believed makes the part worthless: the download starts over.
        }

        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        if (origin?.Bytes > stream.Length) origin = null;
        stream.SetLength(origin?.Bytes ?? 0);
        stream.Position = stream.Length;
        return new PartialFile(path, stream, origin);
    });

    /// <summary>Drops what is there and begins with this origin.</summary>
    public void Restart(Uri url, Validator? validator, long? total) => StoreDisk.Guard(_path, () =>
    {
        _stream.SetLength(0);
        _stream.Position = 0;
        _origin = new(url.AbsoluteUri, validator, total, 0);
        SealedJson.Write(Sidecar(_path), _origin);
    });

    /// <summary>Drops what is there.</summary>
    public void Clear() => StoreDisk.Guard(_path, () =>
    {
        _stream.SetLength(0);
        _stream.Position = 0;
        _origin = null;
        File.Delete(Sidecar(_path));
    });

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException fault)
        {
            throw StoreDisk.Refused(_path, fault);
        }

        if (_stream.Position - _origin!.Bytes >= FlushInterval) Flush();
    }

    /// <summary>Puts every byte so far on disk and notes how many they are.</summary>
    public void Flush()
    {
        if (_origin is null || _origin.Bytes == _stream.Position) return;
        StoreDisk.Guard(_path, () =>
        {
            _stream.Flush(flushToDisk: true);
            _origin = _origin with { Bytes = _stream.Position };
            SealedJson.Write(Sidecar(_path), _origin);
        });
    }

    /// <summary>The first bytes, at most as many as a signature needs.</summary>
    public byte[] Start()
    {
        var start = new byte[Math.Min(Length, FileSignature.Bytes)];
        RandomAccess.Read(_stream.SafeFileHandle, start, 0);
        return start;
    }

    /// <exception cref="OperationCanceledException">Stopped between two blocks.</exception>
    public FileDigest Digest(CancellationToken stop) => StoreDisk.Guard(_path, () =>
    {
        _stream.Position = 0;
        return FileDigest.Of(_stream, stop);
    });

    /// <summary>Closes the part and gives it another name: its own once it is checked, or one that says it is not.</summary>
    public void MoveTo(string path) => StoreDisk.Guard(_path, () =>
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_path, path, overwrite: true);
        File.Delete(Sidecar(_path));
        DurableFile.FlushFolder(Path.GetDirectoryName(path)!);
    });

    public void Dispose() => _stream.Dispose();

    private static string Sidecar(string part) => part + ".json";

    private sealed record Origin(string Url, Validator? Validator, long? Total, long Bytes);
}
