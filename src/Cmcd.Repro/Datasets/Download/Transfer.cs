using System.Net;
using System.Net.Http.Headers;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>One attempt at one mirror: asks for what is missing and appends it to the part.</summary>
internal sealed class Transfer(HttpClient client, TimeProvider time, DownloadOptions options, IFetchObserver observer)
{
    private const int BlockBytes = 128 << 10;
    private const int PageBytes = 256 << 10;   // enough of an error page to look at

    /// <exception cref="ReproException">The disk refuses.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the part is flushed and goes on next time.</exception>
    public async Task<TransferOutcome> RunAsync(RemoteFile file, Uri url, PartialFile part, RateMeter meter, CancellationToken stop)
    {
        if (part.Url is not null && (part.Url != url || part.Validator is null)) part.Clear();
        if (part.Length > 0 && part.Length == part.Total) return new(TransferEnd.Complete);   // killed between the last byte and the check

        using var stall = new CancellationTokenSource(options.StallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, stall.Token);
        try
        {
            using var request = Request(url, part);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (Unusable(url, response, part) is { } answer) return answer;
            using var body = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            return await CopyAsync(file, body, part, meter, stall, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stall.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new(TransferEnd.Broken, $"no byte came for {options.StallTimeout.TotalSeconds:0} s");
        }
        catch (HttpRequestException fault)
        {
            return HttpTrouble.Of(fault);
        }
        catch (IOException fault)
        {
            return new(TransferEnd.Broken, $"the connection broke after {part.Length:N0} bytes ({fault.Message})");
        }
        finally
        {
            part.Flush();
        }
    }

    private static HttpRequestMessage Request(Uri url, PartialFile part)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.Add(new("identity"));   // the bytes themselves: the hash is theirs
        if (part.Length == 0) return request;
        request.Headers.Range = new RangeHeaderValue(part.Length, null);
        request.Headers.IfRange = part.Validator!.Condition();
        return request;
    }

    /// <summary>Null when the body continues the part, or begins it anew.</summary>
    private TransferOutcome? Unusable(Uri url, HttpResponseMessage response, PartialFile part)
    {
        var range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                // Also the answer to a range when the host ignores ranges or its file has changed: everything comes again.
                part.Restart(url, Validator.Of(response), response.Content.Headers.ContentLength);
                return null;
            case HttpStatusCode.PartialContent when Continues(part, response, range):
                return null;
            case HttpStatusCode.PartialContent:
                part.Clear();
                return new(TransferEnd.Broken, $"the host sent another part ({range?.ToString() ?? "without Content-Range"}) than the one asked for");
            case HttpStatusCode.RequestedRangeNotSatisfiable when range?.Length == part.Length && part.Length > 0:
                return new(TransferEnd.Complete);
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Clear();
                return new(TransferEnd.Broken, $"the host's file has another size ({range?.ToString() ?? "not told"}) than when the download began");
            default:
                return HttpTrouble.Of(response, time.GetUtcNow());
        }
    }

    private static bool Continues(PartialFile part, HttpResponseMessage response, ContentRangeHeaderValue? range) =>
        part.Length > 0 && range?.From == part.Length
        && (range.Length is null || part.Total is null || range.Length == part.Total)
        && part.Validator!.AllowsPart(response);

    private async Task<TransferOutcome> CopyAsync(
        RemoteFile file, Stream body, PartialFile part, RateMeter meter, CancellationTokenSource stall, CancellationToken either)
    {
        var judged = part.Length >= FileSignature.Bytes;
        string? page = null;
        var block = new byte[BlockBytes];
        while (true)
        {
            var read = await body.ReadAsync(block, either).ConfigureAwait(false);
            stall.CancelAfter(options.StallTimeout);
            var limit = page is null ? file.Limit : PageBytes;
            var surplus = part.Length + read > limit;
            part.Append(block.AsSpan(0, surplus ? (int)Math.Max(0, limit - part.Length) : read));

            // Judged once the first bytes are there, however slowly they came.
            if (!judged && (part.Length >= FileSignature.Bytes || read == 0 || surplus))
            {
                judged = true;
                page = FileSignature.Fault(file.Name, part.Start());
                if (page is null && OtherSize(file, part) is { } otherSize) return otherSize;
            }

            if (page is not null && (read == 0 || surplus)) return new(TransferEnd.Wrong, page);
            if (surplus) return new(TransferEnd.Wrong, $"the host sends more than {limit:N0} bytes");
            observer.Progressed(new(file.Name, part.Length, file.Checked.Bytes ?? part.Total ?? file.Size, meter.Mark(part.Length)));
            if (read > 0) continue;
            var size = part.Total ?? file.Checked.Bytes;
            return part.Length < size ? new(TransferEnd.Broken, $"the host ended after {part.Length:N0} of {size:N0} bytes") : new(TransferEnd.Complete);
        }
    }

    /// <summary>Saves the rest of a download whose size alone says that it is not the file.</summary>
    private static TransferOutcome? OtherSize(RemoteFile file, PartialFile part)
    {
        if (part.Total is not { } total || (file.Checked.Bytes is { } bytes ? total == bytes : total <= file.Limit)) return null;
        part.Clear();
        return new(TransferEnd.Refused, $"the host offers {total:N0} bytes, expected {(file.Checked.Bytes is null ? "at most " : "")}{file.Limit:N0}");
    }
}
