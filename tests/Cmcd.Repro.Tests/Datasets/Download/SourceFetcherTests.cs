using System.Text.Json;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Archives;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Tests.Datasets.Archives;
using static Cmcd.Repro.Tests.Datasets.Download.DownloadBench;

namespace Cmcd.Repro.Tests.Datasets.Download;

/// <summary>From a catalogue to a folder that a loader may read: server, drop folder, store, archive.</summary>
public sealed class SourceFetcherTests : IDisposable
{
    private readonly DownloadBench _bench = new();
    private readonly byte[] _table = Content(5000);
    private readonly byte[] _archive;
    private readonly HostileServer _server;
    private bool _serverIsGone;

    public SourceFetcherTests()
    {
        MadeArchive.Zip(_bench.File("made.zip"), "photos/1.jpg", "photos/2.jpg");
        _archive = File.ReadAllBytes(_bench.File("made.zip"));
        _server = new(request => _serverIsGone ? Reply.Error("404 Not Found") : Reply.Honest(request, request.Path == "table.bin" ? _table : _archive));
    }

    private string Cache => _bench.File("cache");

    private string Store => Path.Combine(Cache, "datasets", "tiny");

    public void Dispose()
    {
        _server.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public void A_fetched_source_is_ready_to_read_and_not_fetched_again()
    {
        Fetch();
        Fetch();

        Assert.Equal(["table.bin", "photos.zip"], _server.Requests.Select(request => request.Path));
        var folder = new PaperDataFolder(Cache).Require(Source()).Single();
        Assert.Equal(_table, File.ReadAllBytes(folder["table.bin"]));
        Assert.Equal("photos/2.jpg", File.ReadAllText(Path.Combine(folder["photos.zip"], "photos", "2.jpg")));
        Assert.Equal((Facts(_table).Sha256, "size, SHA-256", _server.Url("table.bin").AbsoluteUri, ManualTime.Noon),
            (folder.Receipts["table.bin"].Digest.Sha256, folder.Receipts["table.bin"].CheckedAgainst, folder.Receipts["table.bin"].From, folder.Receipts["table.bin"].At));
        Assert.Throws<KeyNotFoundException>(() => folder["extra.bin"]);
    }

    [Fact]
    public void An_archive_may_be_deleted_once_it_is_unpacked()
    {
        Fetch();
        File.Delete(Path.Combine(Store, "photos.zip"));
        Fetch();

        Assert.Equal(2, _server.Requests.Count);
        Assert.NotEmpty(new PaperDataFolder(Cache).Require(Source()));
    }

    [Fact]
    public void A_half_extraction_is_done_again_without_fetching()
    {
        Fetch();
        File.Delete(Path.Combine(Store, "photos.zip.unpacked", "extracted.json"));
        var fault = Assert.ThrowsAny<DatasetUnavailableException>(() => new PaperDataFolder(Cache).Require(Source()));
        Assert.Contains("it is fetched and not unpacked", fault.Message, StringComparison.Ordinal);

        Fetch();
        Assert.Equal(2, _server.Requests.Count);
        Assert.NotEmpty(new PaperDataFolder(Cache).Require(Source()));
    }

    [Fact]
    public void A_stored_file_is_fetched_again_when_the_catalogue_says_another_hash()
    {
        Fetch();
        Assert.ThrowsAny<DatasetUnavailableException>(() => Fetch(Source(tableFacts: Facts(Content(5000, seed: 9)))));
        Assert.Equal(3, _server.Requests.Count);
    }

    [Theory]
    [InlineData("table.bin", true)]
    [InlineData("table.bin", false)]
    [InlineData("mail attachment (2)", true)]
    [InlineData("mail attachment (2)", false)]
    public void A_dropped_file_is_taken_by_name_or_by_hash(string name, bool ownFolder)
    {
        var drop = _bench.Create("drop");
        File.WriteAllBytes(Path.Combine(ownFolder ? _bench.Create("drop/tiny") : drop, name), _table);
        File.WriteAllBytes(Path.Combine(drop, "photos.zip"), _archive);
        Fetch(drop: drop, offline: true);

        Assert.Empty(_server.Requests);
        Assert.NotEmpty(new PaperDataFolder(Cache).Require(Source()));
        Assert.Equal(_table, File.ReadAllBytes(Path.Combine(ownFolder ? Path.Combine(drop, "tiny") : drop, name)));   // copied, not moved
    }

    [Fact]
    public void Two_dropped_files_with_each_others_names_are_told_apart()
    {
        var drop = _bench.Create("drop");
        File.WriteAllBytes(Path.Combine(drop, "photos.zip"), _table);
        File.WriteAllBytes(Path.Combine(drop, "table.bin"), _archive);
        Fetch(drop: drop, offline: true);
        Assert.NotEmpty(new PaperDataFolder(Cache).Require(Source()));
    }

    [Fact]
    public void A_dropped_file_with_the_name_and_another_content_is_said_and_the_network_asked()
    {
        var drop = _bench.Create("drop");
        File.WriteAllBytes(Path.Combine(drop, "table.bin"), Content(5000, seed: 7));
        Fetch(drop: drop);

        Assert.Contains(_bench.Witness.Lines, line => line.Contains("table.bin is not the file: SHA-256", StringComparison.Ordinal));
        Assert.Equal(_table, File.ReadAllBytes(Path.Combine(Store, "table.bin")));
    }

    /// <summary>As with the checkpoints of three widths: same names, no published hash.</summary>
    [Fact]
    public void A_name_that_two_sources_share_counts_only_in_its_own_folder()
    {
        var (one, two) = (Source(tableFacts: new()), Source(tableFacts: new()) with { Name = "other" });
        var drop = _bench.Create("drop");
        File.WriteAllBytes(Path.Combine(drop, "table.bin"), _table);
        var fault = Assert.ThrowsAny<DatasetUnavailableException>(() => Run(Fetcher(drop, offline: true, one, two), one, one.Files[0]));
        Assert.Contains("several sources have a file of this name", fault.Message, StringComparison.Ordinal);

        File.Move(Path.Combine(drop, "table.bin"), Path.Combine(_bench.Create("drop/other"), "table.bin"));
        Run(Fetcher(drop, offline: true, one, two), two, two.Files[0]);
        Assert.Equal("nothing", new PaperDataFolder(Cache).Require(two with { Files = [two.Files[0]] })[0].Receipts["table.bin"].CheckedAgainst);
    }

    [Fact]
    public void Offline_names_every_missing_file_and_what_to_drop_where()
    {
        var said = Assert.ThrowsAny<DatasetUnavailableException>(() => Fetch(offline: true)).Message;

        Assert.Empty(_server.Requests);
        Assert.Contains("tiny: 2 of 3 files missing", said, StringComparison.Ordinal);
        Assert.Contains("table.bin is not here, and --offline forbids fetching it", said, StringComparison.Ordinal);
        Assert.Contains("photos.zip is not here", said, StringComparison.Ordinal);
        Assert.Contains($"Put table.bin (or any name with SHA-256 {Facts(_table).Sha256})", said, StringComparison.Ordinal);
        Assert.Contains("Click on the link.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void One_missing_file_does_not_keep_the_others_from_coming()
    {
        var source = Source();
        source = source with { Files = [source.Files[0] with { Urls = [new("http://127.0.0.1:1/never")] }, source.Files[1], source.Files[2]] };
        var said = Assert.ThrowsAny<DatasetUnavailableException>(() => Fetch(source)).Message;

        Assert.Contains("tiny: 1 of 3 files missing", said, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Store, "photos.zip")));
    }

    [Fact]
    public void Everything_missing_over_several_sources_is_told_at_once()
    {
        var said = Assert.ThrowsAny<DatasetUnavailableException>(() => new PaperDataFolder(Cache).Require(Source(), Source() with { Name = "other" })).Message;
        Assert.Contains("tiny: 2 of 3", said, StringComparison.Ordinal);
        Assert.Contains("other: 2 of 3", said, StringComparison.Ordinal);
        Assert.Contains("--target=Datasets --name=other", said, StringComparison.Ordinal);
        Assert.DoesNotContain("extra.bin", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_receipt_is_checked_and_kept_or_set_aside()
    {
        _serverIsGone = true;
        Directory.CreateDirectory(Store);
        File.WriteAllBytes(Path.Combine(Store, "table.bin"), _table);
        File.WriteAllBytes(Path.Combine(Store, "photos.zip"), _table);
        var said = Assert.ThrowsAny<DatasetUnavailableException>(() => Fetch()).Message;

        Assert.Contains("tiny: 1 of 3 files missing", said, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Store, "photos.zip.rejected")));
        Assert.Contains("expected", File.ReadAllText(Path.Combine(Store, "photos.zip.rejected.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_at_once_fetch_a_file_once()
    {
        var store = Directory.CreateDirectory(Store).FullName;
        Task second;
        using (StageLock.Acquire(Path.Combine(store, "table.bin.lock"), null, default))
        {
            var waits = new TaskCompletionSource();
            var witness = new Witness(_bench.Time) { OnSaid = _ => waits.TrySetResult() };
            second = Task.Run(() => Fetcher(null, offline: true, witness, Source()).FetchAsync(Source(), [Source().Files[0]], default));
            await waits.Task.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Contains("waiting for another process", witness.Lines.Single(), StringComparison.Ordinal);
            File.WriteAllBytes(Path.Combine(store, "table.bin"), _table);   // what the holder of the lock brought
        }

        await second;
        Assert.Empty(_server.Requests);
        Assert.NotEmpty(new PaperDataFolder(Cache).Require(Source() with { Files = [Source().Files[0]] }));
    }

    [Fact]
    public void A_figure_that_is_only_reported_is_told_and_not_required()
    {
        var source = Source();
        source = source with { Files = [source.Files[0] with { Reported = new(Bytes: 4999) }] };
        Fetch(source);
        Assert.Contains(_bench.Witness.Lines, line => line.Contains("unconfirmed figure, which is not required: 5,000 bytes, expected 4,999", StringComparison.Ordinal));
    }

    [Fact]
    public void A_drop_folder_that_is_not_there_is_said()
    {
        var fault = Assert.ThrowsAny<DatasetUnavailableException>(() => Fetch(drop: _bench.File("nowhere")));
        Assert.Contains("--data is", fault.Message, StringComparison.Ordinal);
    }

    private void Fetch(DatasetSource? source = null, string? drop = null, bool offline = false)
    {
        source ??= Source();
        Run(Fetcher(drop, offline, source), source, [.. source.Needed]);
    }

    private static void Run(SourceFetcher fetcher, DatasetSource source, params RemoteFile[] files) => fetcher.FetchAsync(source, files, default).GetAwaiter().GetResult();

    private SourceFetcher Fetcher(string? drop, bool offline, params DatasetSource[] sources) => Fetcher(drop, offline, _bench.Witness, sources);

    private SourceFetcher Fetcher(string? drop, bool offline, Witness witness, params DatasetSource[] sources)
    {
        var path = _bench.File("sources.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { about = "", sources }, JsonSerializerOptions.Web));
        return new(Cache, SourceCatalogue.Read(path), offline ? null : new Downloader(_bench.Options, _bench.Time, witness), drop, _bench.Time, witness);
    }

    private DatasetSource Source(FileFacts? tableFacts = null) => new(
        "tiny", "Two photos and a table", new("http://127.0.0.1/"), "None.", "Nobody.", "Click on the link.",
        [
            new("table.bin", [_server.Url("table.bin")], tableFacts ?? Facts(_table), AtMost: 10_000),
            new("photos.zip", [_server.Url("photos.zip")], Facts(_archive), Archive: new ArchiveLimits(10, 1000, 10)),
            new("extra.bin", [_server.Url("table.bin")], new(), AtMost: 10_000, OnRequest: "Nobody needs it."),
        ]);
}
