using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Randomness;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Download;

/// <summary>A scratch folder, a manual clock and a witness around one downloader.</summary>
internal sealed class DownloadBench : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public DownloadBench()
    {
        Witness = new(Time);
        Options = new() { ProgressBytes = 1 };
    }

    public ManualTime Time { get; } = new();

    public Witness Witness { get; }

    public DownloadOptions Options { get; init; }

    public string Target => _scratch.File("file.bin");

    public string File(string name) => _scratch.File(name);

    public string Create(string name) => _scratch.Create(name);

    /// <summary>Bytes that look like no known format.</summary>
    public static byte[] Content(int length, long seed = 1)
    {
        var random = new CounterRandom(seed, Purpose.Test);
        var content = new byte[length];
        for (var i = 0; i < length; i++) content[i] = (byte)random.NextWord();
        return content;
    }

    public static FileFacts Facts(byte[] content) => new(content.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)));

    /// <summary>A file whose size and SHA-256 are checked.</summary>
    public static RemoteFile Checked(byte[] content, params IReadOnlyList<Uri> urls) => new("file.bin", urls, Facts(content));

    public (FileDigest Digest, Uri Url) Fetch(RemoteFile file, CancellationToken stop = default)
    {
        using var downloader = new Downloader(Options, Time, Witness);
        return downloader.FetchAsync(file, Target, stop).GetAwaiter().GetResult();
    }

    public void Dispose() => _scratch.Dispose();
}
