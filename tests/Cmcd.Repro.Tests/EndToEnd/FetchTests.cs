using System.Text.Json;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Tests.Datasets.Download;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>The command as a user starts it, with a catalogue of its own and a server on this machine.</summary>
public class FetchTests
{
    private static readonly byte[] Content = DownloadBench.Content(300_000);

    [Fact]
    public void A_source_is_fetched_through_a_broken_line_with_its_terms_shown_once()
    {
        using var folder = new ScratchFolder();
        using var server = new HostileServer(request => Reply.Honest(request, Content) with { CutAt = request.Number == 1 ? 100_000 : null });
        var outcome = Fetch(folder, server.Url("a"), "--name=tiny");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder.Path, "cache", "datasets", "tiny", "a.bin")));
        Assert.Single(outcome.Lines, line => line.Contains("licence:  Public domain.", StringComparison.Ordinal));
        Assert.Single(outcome.Lines, line => line.Contains("citation: Anon, 2024.", StringComparison.Ordinal));
        Assert.Contains(outcome.Lines, line => line.Contains("300,000 bytes from http://127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_killed_fetch_goes_on_in_the_next_process()
    {
        using var folder = new ScratchFolder();
        using var server = new HostileServer(request => request.Number == 1 ? Reply.Honest(request, Content) with { CutAt = 100_000 } : Reply.Honest(request, Content));
        var killed = Fetch(folder, server.Url("a"), line => line.Contains("Next attempt in", StringComparison.Ordinal), "--name=tiny");
        Assert.NotEqual(0, killed.ExitCode);

        Assert.Equal(0, Fetch(folder, server.Url("a"), "--name=tiny").ExitCode);
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder.Path, "cache", "datasets", "tiny", "a.bin")));
        Assert.Equal([null, 100_000], server.Requests.Select(request => request.From));
    }

    [Theory]
    [InlineData("--name=tiny", "a.bin is not here, and --offline forbids fetching it")]
    [InlineData("--name=huge", "There is no paper dataset \"huge\". Known: tiny.")]
    [InlineData("--name=tiny/*.csv", "tiny has no file \"*.csv\". Its files: a.bin.")]
    public void What_cannot_be_had_ends_with_code_3_and_what_to_do(string name, string said)
    {
        using var folder = new ScratchFolder();
        var outcome = Fetch(folder, new("http://127.0.0.1:1/a"), name, "--offline");

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    private static SmokeRun.Outcome Fetch(ScratchFolder folder, Uri url, params string[] more) => Fetch(folder, url, _ => false, more);

    private static SmokeRun.Outcome Fetch(ScratchFolder folder, Uri url, Predicate<string> killAt, params string[] more)
    {
        var source = new DatasetSource("tiny", "One file", new("http://127.0.0.1/"), "Public domain.", "Anon, 2024.", "Ask.", [new("a.bin", [url], DownloadBench.Facts(Content))]);
        File.WriteAllText(folder.File("sources.json"), JsonSerializer.Serialize(new { about = "", sources = new[] { source } }, JsonSerializerOptions.Web));
        return SmokeRun.Start(["datasets", $"--sources={folder.File("sources.json")}", $"--cache={folder.Path}/cache", .. more], killAt);
    }
}
