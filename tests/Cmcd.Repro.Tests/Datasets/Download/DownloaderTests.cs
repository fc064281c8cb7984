using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Download;
using static Cmcd.Repro.Tests.Datasets.Download.DownloadBench;

namespace Cmcd.Repro.Tests.Datasets.Download;

/// <summary>Every answer an HTTP server can hurt with: each download ends with the right bytes or with one clear line.</summary>
public sealed class DownloaderTests : IDisposable
{
    private readonly DownloadBench _bench = new();
    private readonly byte[] _content = Content(300_000);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_whole_file_comes_in_one_request_with_progress()
    {
        using var server = new HostileServer(request => Reply.Honest(request, _content));
        var (digest, url) = _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.Equal((_content.Length, server.Url("a")), (digest.Bytes, url));
        Assert.Equal((null, null), (server.Requests.Single().From, server.Requests[0].IfRange));
        Assert.Equal(new FetchProgress("file.bin", 300_000, 300_000, 0), _bench.Witness.Progress[^1]);
        Assert.Empty(_bench.Witness.Pauses);
    }

    [Fact]
    public void A_broken_download_goes_on_where_it_ended()
    {
        using var server = new HostileServer(request => Reply.Honest(request, _content) with { CutAt = request.Number < 3 ? 100_000 : null });
        _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.Equal([(null, null), (100_000, Reply.Tag), (200_000, Reply.Tag)], server.Requests.Select(request => (request.From, request.IfRange)));
    }

    [Fact]
    public void A_later_process_goes_on_too()
    {
        using var stop = new CancellationTokenSource();
        _bench.Witness.OnProgress = progress => { if (progress.Bytes > 100_000) stop.Cancel(); };
        using var server = new HostileServer(request => Reply.Honest(request, _content));
        Assert.ThrowsAny<OperationCanceledException>(() => _bench.Fetch(Checked(_content, server.Url("a")), stop.Token));
        Assert.False(File.Exists(_bench.Target));
        var there = new FileInfo(_bench.Target + ".part").Length;
        Assert.InRange(there, 100_001, 299_999);

        _bench.Witness.OnProgress = null;
        _bench.Fetch(Checked(_content, server.Url("a")));
        AssertWhole();
        Assert.Equal(there, server.Requests[1].From);
    }

    [Fact]
    public void Bytes_that_a_power_cut_may_have_lost_are_fetched_again()
    {
        var url = new Uri("http://127.0.0.1/a");
        using (var part = PartialFile.Open(_bench.Target))
        {
            part.Restart(url, new(Reply.Tag, null), _content.Length);
            part.Append(_content.AsSpan(0, 5000));
            part.Flush();
            part.Append(_content.AsSpan(5000, 5000));
        }

        using var again = PartialFile.Open(_bench.Target);
        Assert.Equal((5000, url), (again.Length, again.Url));
    }

    [Theory]
    [InlineData("{}"), InlineData("")]
    public void A_part_whose_sidecar_is_damaged_starts_over(string sidecar)
    {
        File.WriteAllBytes(_bench.Target + ".part", new byte[1000]);
        File.WriteAllText(_bench.Target + ".part.json", sidecar);
        using var server = new HostileServer(request => Reply.Honest(request, _content));
        _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.Null(server.Requests.Single().From);
    }

    [Fact]
    public void A_server_that_ignores_ranges_starts_over()
    {
        using var server = new HostileServer(request => Reply.Honest(request with { From = null }, _content) with { CutAt = request.Number == 1 ? 100_000 : null });
        _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.Equal(100_000, server.Requests[1].From);
    }

    [Fact]
    public void A_file_that_changes_midway_is_never_stitched_together()
    {
        var old = Content(300_000, seed: 2);
        using var server = new HostileServer(request => request.Number == 1
            ? Reply.Honest(request, old) with { CutAt = 100_000 }
            : Reply.Honest(request, _content, "\"v2\""));
        _bench.Fetch(Checked(_content, server.Url("a")));
        AssertWhole();
    }

    /// <summary>A 206 that belongs to another version: by its tag, its total or its first byte.</summary>
    [Theory]
    [InlineData("tag"), InlineData("total"), InlineData("start"), InlineData("none")]
    public void A_part_of_something_else_is_not_appended(string lie)
    {
        using var server = new HostileServer(request =>
        {
            var honest = Reply.Honest(request, _content);
            return request.Number switch
            {
                1 => honest with { CutAt = 100_000 },
                2 => honest with
                {
                    Headers = lie switch
                    {
                        "tag" => [.. honest.Headers.Select(header => header.Replace("v1", "v2", StringComparison.Ordinal))],
                        "total" => [.. honest.Headers.Select(header => header.Replace("/300000", "/300001", StringComparison.Ordinal))],
                        "start" => [.. honest.Headers.Select(header => header.Replace("bytes 100000-", "bytes 100001-", StringComparison.Ordinal))],
                        _ => [.. honest.Headers.Where(header => !header.StartsWith("Content-Range", StringComparison.Ordinal))],
                    },
                },
                _ => honest,
            };
        });
        _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.Equal([null, 100_000, null], server.Requests.Select(request => request.From));
        Assert.Contains("another part", _bench.Witness.Pauses[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_beyond_the_end_starts_over()
    {
        using var server = new HostileServer(request => request.Number switch
        {
            1 => Reply.Honest(request, _content) with { CutAt = 100_000 },
            2 => Reply.Error("416 Range Not Satisfiable", "Content-Range: bytes */50000"),
            _ => Reply.Honest(request, _content),
        });
        _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.Null(server.Requests[2].From);
    }

    /// <summary>Without a length the last byte does not end the body; a 416 with this very size does.</summary>
    [Fact]
    public void A_416_of_the_size_that_is_here_means_complete()
    {
        using var server = new HostileServer(request => request.Number == 1
            ? Reply.Honest(request, _content).Unframed() with { Stall = () => _bench.Time.Advance(_bench.Options.StallTimeout) }
            : Reply.Honest(request, _content));
        _bench.Witness.OnProgress = null;
        _bench.Fetch(Checked(_content, server.Url("a")));
        AssertWhole();
    }

    [Fact]
    public void A_body_that_ends_early_without_a_break_goes_on()
    {
        using var server = new HostileServer(request => request.Number == 1
            ? Reply.Honest(request, _content).Unframed() with { CutAt = 120_000 }
            : Reply.Honest(request, _content));
        _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.Equal("the host ended after 120,000 of 300,000 bytes", _bench.Witness.Pauses.Single().Reason);
    }

    [Theory]
    [InlineData("W/\"v1\"", null)]   // a weak tag promises nothing about bytes
    [InlineData(null, 0)]            // changed in the second of the answer: it may change again within it
    [InlineData(null, null)]
    public void Without_a_strong_validator_a_broken_download_starts_over(string? tag, int? age)
    {
        var modified = age is { } seconds ? ManualTime.Noon.AddSeconds(-seconds) : (DateTimeOffset?)null;
        using var server = new HostileServer(request => Reply.Honest(request, _content, tag, modified) with { CutAt = request.Number == 1 ? 100_000 : null });
        _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.All(server.Requests, request => Assert.Null(request.From));
    }

    [Fact]
    public void A_date_that_is_old_enough_is_a_validator()
    {
        var modified = ManualTime.Noon.AddSeconds(-1);
        using var server = new HostileServer(request => Reply.Honest(request, _content, null, modified) with { CutAt = request.Number == 1 ? 100_000 : null });
        _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.Equal((100_000, modified.ToString("R")), (server.Requests[1].From, server.Requests[1].IfRange));
    }

    [Fact]
    public void A_stalled_connection_is_given_up_after_the_timeout()
    {
        using var server = new HostileServer(request => Reply.Honest(request, _content) with
        {
            CutAt = request.Number == 1 ? 100_000 : null,
            Stall = request.Number == 1 ? () => _bench.Time.Advance(_bench.Options.StallTimeout) : null,
        });
        _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.Equal("no byte came for 60 s", _bench.Witness.Pauses.Single().Reason);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void An_endless_body_is_stopped_at_the_size_or_the_limit(bool sizeIsKnown)
    {
        using var server = new HostileServer(request => new("200 OK", [], _content) { Endless = true });
        var file = Checked(_content, server.Url("a")) with { Checked = sizeIsKnown ? Facts(_content) : new(), AtMost = 400_000 };
        RefusalOf(file, $"the host sends more than {(sizeIsKnown ? "300,000" : "400,000")} bytes");
        Assert.Equal(sizeIsKnown ? 300_000 : 400_000, new FileInfo(_bench.Target + ".rejected").Length);
    }

    [Theory]
    [InlineData("301,000", 301_000, true)]
    [InlineData("900,000", 900_000, false)]
    public void A_size_that_cannot_be_right_is_not_fetched(string said, int length, bool sizeIsKnown)
    {
        using var server = new HostileServer(request => Reply.Honest(request, Content(length)));
        var file = Checked(_content, server.Url("a")) with { Checked = sizeIsKnown ? Facts(_content) : new(), AtMost = 400_000 };
        RefusalOf(file, $"the host offers {said} bytes");
        Assert.Equal(0, new FileInfo(_bench.Target + ".part").Length);
    }

    [Theory]
    [InlineData("404 Not Found", "404 Not Found: the file is no longer at this address")]
    [InlineData("403 Forbidden", "403 Forbidden: it wants a sign-in, or its download quota is used up")]
    [InlineData("451 Unavailable For Legal Reasons", "451 Unavailable For Legal Reasons")]
    public void An_error_that_stays_is_not_retried_and_the_next_mirror_is_asked(string status, string said)
    {
        using var server = new HostileServer(request => request.Path == "first" ? Reply.Error(status) : Reply.Honest(request, _content));
        var (_, url) = _bench.Fetch(Checked(_content, server.Url("first"), server.Url("second")));

        AssertWhole();
        Assert.Equal(server.Url("second"), url);
        Assert.Equal(["first", "second"], server.Requests.Select(request => request.Path));
        Assert.Contains(said, _bench.Witness.Lines.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500 Internal Server Error"), InlineData("503 Service Unavailable"), InlineData("429 Too Many Requests"), InlineData("408 Request Timeout")]
    public void An_error_that_may_pass_is_retried_with_growing_pauses(string status)
    {
        using var server = new HostileServer(request => request.Number < 5 ? Reply.Error(status) : Reply.Honest(request, _content));
        _bench.Fetch(Checked(_content, server.Url("a")));

        AssertWhole();
        Assert.Equal(4, _bench.Witness.Pauses.Count);
        foreach (var (failure, pause) in _bench.Witness.Pauses.Select((each, index) => (1 << index, each.Pause.TotalSeconds)))
            Assert.InRange(pause, failure * 0.5, failure);
    }

    [Fact]
    public void The_pause_a_host_asks_for_is_kept_and_a_long_one_ends_the_mirror()
    {
        using var server = new HostileServer(request => request.Number switch
        {
            1 => Reply.Error("503 Service Unavailable", "Retry-After: 20"),
            2 => Reply.Error("503 Service Unavailable", $"Retry-After: {ManualTime.Noon.AddSeconds(60):R}"),
            _ => Reply.Error("429 Too Many Requests", "Retry-After: 3600"),
        });
        RefusalOf(Checked(_content, server.Url("a")), "asks to come back in 0.01:00:00");
        Assert.Equal([20, 40], _bench.Witness.Pauses.Select(each => each.Pause.TotalSeconds));
    }

    [Fact]
    public void A_mirror_that_never_gets_further_is_given_up()
    {
        using var server = new HostileServer(request => Reply.Honest(request, _content, tag: null) with { CutAt = 100_000 });
        RefusalOf(Checked(_content, server.Url("a")), "given up after 6 failed attempts in a row that got no further, each from the start because the host gives no strong validator");
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public void A_mirror_that_refuses_connections_is_given_up()
    {
        Uri gone;
        using (var server = new HostileServer(_ => Reply.Error("500"))) gone = server.Url("a");
        RefusalOf(Checked(_content, gone), "the connection failed");
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><head><title>Google Drive - Quota exceeded</title></head></html>", "titled \"Google Drive - Quota exceeded\": the host's download quota")]
    [InlineData("\n<html><head><title>Sign in - Google Accounts</title></head></html>", "the host wants a sign-in")]
    [InlineData("<html><title>Google Drive - Virus scan warning</title></html>", "the host wants a click")]
    [InlineData("<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", "a page of markup came instead of the file")]
    public void A_page_instead_of_the_file_is_recognised_explained_and_kept(string page, string said)
    {
        using var server = new HostileServer(_ => Reply.Page(page));
        RefusalOf(new("photos.7z", [server.Url("a")], new(Md5: new string('0', 32)), AtMost: 1_000_000), said);
        Assert.Single(server.Requests);
        Assert.Equal(page, File.ReadAllText(_bench.Target + ".rejected"));
        Assert.Contains(said, File.ReadAllText(_bench.Target + ".rejected.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_than_an_archive_is_seen_by_its_first_bytes()
    {
        using var server = new HostileServer(_ => Reply.Page("{\"error\": \"gone\"}"));
        RefusalOf(new("photos.zip", [server.Url("a")], new(), AtMost: 1_000_000), "it starts with \"{\"error\": \"g\", not like a zip archive");
    }

    [Fact]
    public void Wrong_content_of_the_right_size_is_rejected_with_both_hashes_and_the_next_mirror_serves()
    {
        var wrong = Content(300_000, seed: 3);
        using var server = new HostileServer(request => Reply.Honest(request, request.Path == "bad" ? wrong : _content));
        _bench.Fetch(Checked(_content, server.Url("bad"), server.Url("good")));

        AssertWhole();
        Assert.Equal(wrong, File.ReadAllBytes(_bench.Target + ".rejected"));
        Assert.Contains($"SHA-256 {Facts(wrong).Sha256}, expected {Facts(_content).Sha256}", File.ReadAllText(_bench.Target + ".rejected.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void When_no_mirror_serves_every_reason_is_told()
    {
        using var server = new HostileServer(request => request.Path == "b" ? Reply.Page("<html>") : Reply.Error("404 Not Found"));
        var said = RefusalOf(Checked(_content, server.Url("a"), server.Url("b")), "file.bin could not be fetched");
        Assert.Contains($"{server.Url("a")}: the host answers 404", said, StringComparison.Ordinal);
        Assert.Contains($"{server.Url("b")}: an HTML page", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirect_is_followed()
    {
        HostileServer? server = null;
        using (server = new HostileServer(request => request.Path == "old" ? Reply.Error("302 Found", $"Location: {server!.Url("new")}") : Reply.Honest(request, _content)))
            _bench.Fetch(Checked(_content, server.Url("old")));
        AssertWhole();
    }

    [Fact]
    public void Rate_and_time_left_follow_the_last_seconds()
    {
        var meter = new RateMeter(_bench.Time);
        Assert.Equal(0, meter.Mark(0));
        for (var second = 1; second <= 20; second++)
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            meter.Mark(second <= 10 ? second * 1000 : 10_000 + ((second - 10) * 50));
        }

        Assert.Equal(50, meter.Mark(10_500), 1e-9);
        Assert.Equal(TimeSpan.FromSeconds(10), new FetchProgress("a", 500, 1000, 50).Left);
        Assert.Null(new FetchProgress("a", 500, null, 50).Left);
    }

    private void AssertWhole()
    {
        Assert.Equal(_content, File.ReadAllBytes(_bench.Target));
        Assert.False(File.Exists(_bench.Target + ".part"));
        Assert.False(File.Exists(_bench.Target + ".part.json"));
    }

    private string RefusalOf(RemoteFile file, string said)
    {
        var fault = Assert.Throws<DatasetUnavailableException>(() => _bench.Fetch(file));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.Target));
        return fault.Message;
    }
}
