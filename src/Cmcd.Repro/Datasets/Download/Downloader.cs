using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>Fetches a file from its mirrors and puts it in place only when every published figure matches.</summary>
/// <remarks>
/// A broken download goes on where it ended, also in a later process, as long as the host proves by a strong validator that its bytes are
/// the same. Proxy settings (HTTPS_PROXY, HTTP_PROXY, NO_PROXY) and redirects are .NET's defaults.
/// </remarks>
public sealed class Downloader : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };   // the stall timeout takes its place
    private readonly TimeProvider _time;
    private readonly DownloadOptions _options;
    private readonly IFetchObserver _observer;

    /// <param name="options">How patient it is.</param>
    /// <param name="time">Clock of stalls, pauses and rates.</param>
    /// <param name="observer">Hears of blocks and retries.</param>
    public Downloader(DownloadOptions options, TimeProvider time, IFetchObserver observer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ProgressBytes, 1);
        (_options, _time, _observer) = (options, time, observer);
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("Cmcd.Repro/0.1");
    }

    /// <summary>Fetches one file.</summary>
    /// <param name="file">What to fetch.</param>
    /// <param name="target">Where it shall lie; its folder exists and is locked by the caller.</param>
    /// <param name="stop">Stops at once; what came stays in target.part.</param>
    /// <returns>The size and hashes of the file, and the mirror it came from.</returns>
    /// <exception cref="DatasetUnavailableException">No mirror gave the file; the message has every mirror's reason.</exception>
    /// <exception cref="ReproException">The disk refuses.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<(FileDigest Digest, Uri Url)> FetchAsync(RemoteFile file, string target, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(file);
        Uri? begun;
        using (var part = PartialFile.Open(target)) begun = part.Url;
        var reasons = new List<string>();
        foreach (var url in file.Urls.OrderByDescending(url => url == begun))   // a begun mirror first; the sort keeps the order of the others
        {
            using var part = PartialFile.Open(target);
            var outcome = await FromMirrorAsync(file, url, part, stop).ConfigureAwait(false);
            if (outcome.End == TransferEnd.Complete)
            {
                var digest = part.Digest(stop);
                IReadOnlyList<string> faults = FileSignature.Fault(file.Name, part.Start()) is { } fault ? [fault] : file.Checked.Differences(digest);
                if (faults.Count == 0)
                {
                    part.MoveTo(target);
                    return (digest, url);
                }

                outcome = new(TransferEnd.Wrong, string.Join("; ", faults));
            }

            var kept = outcome.End == TransferEnd.Wrong ? $" (kept as {Path.GetFileName(Rejected(target))})" : "";
            if (outcome.End == TransferEnd.Wrong) Reject(part, target, $"{url}: {outcome.Reason}.\n");
            reasons.Add($"{url}: {outcome.Reason}{kept}.");
            _observer.Said($"{file.Name}: {reasons[^1]}");
        }

        throw new DatasetUnavailableException($"{file.Name} could not be fetched:{string.Concat(reasons.Select(reason => $"\n    {reason}"))}");
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>A file that was refused keeps lying beside its place, with the reason in a text of the same name.</summary>
    internal static string Rejected(string target) => target + ".rejected";

    private static void Reject(PartialFile part, string target, string reason)
    {
        part.MoveTo(Rejected(target));
        StoreDisk.Guard(target, () => File.WriteAllText(Rejected(target) + ".txt", reason));
    }

    private async Task<TransferOutcome> FromMirrorAsync(RemoteFile file, Uri url, PartialFile part, CancellationToken stop)
    {
        var transfer = new Transfer(_client, _time, _options, _observer);
        var meter = new RateMeter(_time);
        var random = new CounterRandom(_options.JitterSeed, Purpose.RetryJitter);
        var best = part.Url == url ? part.Length : 0;
        for (var failures = 1; ; failures++)
        {
            var outcome = await transfer.RunAsync(file, url, part, meter, stop).ConfigureAwait(false);
            if (outcome.End != TransferEnd.Broken) return outcome;
            if (part.Length >= best + _options.ProgressBytes) (best, failures) = (part.Length, 1);
            if (failures == _options.Attempts)
            {
                var restarts = part.Length > 0 && part.Validator is null ? ", each from the start because the host gives no strong validator" : "";
                return new(TransferEnd.Refused, $"{outcome.Reason}; given up after {failures} failed attempts in a row that got no further{restarts}");
            }

            if (outcome.Wait > _options.LongestPause) return new(TransferEnd.Refused, $"{outcome.Reason} and asks to come back in {outcome.Wait:d\\.hh\\:mm\\:ss}");
            var pause = BackOff.Pause(_options, failures, ref random);
            if (outcome.Wait > pause) pause = outcome.Wait.Value;
            var timer = Task.Delay(pause, _time, stop);
            _observer.Retrying(file.Name, outcome.Reason, pause);
            await timer.ConfigureAwait(false);
        }
    }
}
