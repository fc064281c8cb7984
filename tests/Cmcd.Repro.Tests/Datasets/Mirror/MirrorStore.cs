using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Archives;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Tests.Datasets.Download;

namespace Cmcd.Repro.Tests.Datasets.Mirror;

/// <summary>A mirror's archives in a store, checked and unpacked by the program as dropped files are.</summary>
internal static class MirrorStore
{
    private static readonly Uri Nowhere = new("https://127.0.0.1/");

    /// <summary>Brings the named files of a drop folder into a store, and opens it.</summary>
    public static DatasetFolder Open(string drop, string cache, string name, params string[] files)
    {
        var source = new DatasetSource(name, name, Nowhere, "none", "none", "no way", [.. files.Select(file => new RemoteFile(
            file, [Nowhere], Facts(Path.Combine(drop, file)), Archive: new ArchiveLimits(100_000, 1L << 30, 1000)))]);
        var catalogue = Path.Combine(drop, "sources.json");
        File.WriteAllText(catalogue, """{ "about": "a mirror", "sources": [] }""");
        var fetcher = new SourceFetcher(cache, SourceCatalogue.Read(catalogue), downloader: null, drop, TimeProvider.System, new Witness(new ManualTime()));
        fetcher.FetchAsync(source, source.Files, CancellationToken.None).GetAwaiter().GetResult();
        return new PaperDataFolder(cache).Require(source).Single();
    }

    private static FileFacts Facts(string path)
    {
        var digest = FileDigest.Of(path);
        return new(digest.Bytes, digest.Sha256, digest.Md5);
    }
}
