using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cmcd.Repro.Tests.Datasets.Download;

/// <summary>One answer of the hostile server: a status, headers, and a body that may not be what they promise.</summary>
/// <param name="Status">As in "200 OK".</param>
/// <param name="Headers">Without Connection, which is always "close".</param>
/// <param name="Body">Sent after the headers.</param>
internal sealed record Reply(string Status, IReadOnlyList<string> Headers, byte[] Body)
{
    public const string Tag = "\"v1\"";

    /// <summary>Sends only so many bytes of the body, then closes the connection.</summary>
    public int? CutAt { get; init; }

    /// <summary>Called after the body (or its cut part) is sent; the connection then stays open until the client hangs up.</summary>
    public Action? Stall { get; init; }

    /// <summary>Sends the body again and again until the client hangs up.</summary>
    public bool Endless { get; init; }

    /// <summary>What an honest server of this content answers, ranges and validators included.</summary>
    public static Reply Honest(HostileServer.Request request, byte[] content, string? tag = Tag, DateTimeOffset? modified = null)
    {
        string[] validators =
        [
            .. tag is null ? Array.Empty<string>() : [$"ETag: {tag}"],
            .. modified is { } date ? new[] { $"Last-Modified: {date:R}" } : [],
            $"Date: {ManualTime.Noon:R}",
        ];
        var same = request.IfRange is null || request.IfRange == tag || (modified is { } stamp && request.IfRange == stamp.ToString("R", CultureInfo.InvariantCulture));
        if (request.From is not { } from || !same) return new("200 OK", [.. validators, $"Content-Length: {content.Length}"], content);
        return from >= content.Length
            ? new("416 Range Not Satisfiable", [$"Content-Range: bytes */{content.Length}", "Content-Length: 0"], [])
            : new("206 Partial Content", [.. validators, $"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}", $"Content-Length: {content.Length - from}"], content[(int)from..]);
    }

    public static Reply Error(string status, params string[] headers) => new(status, [.. headers, "Content-Length: 0"], []);

    public static Reply Page(string html) => new("200 OK", ["Content-Type: text/html", $"Content-Length: {html.Length}"], Encoding.ASCII.GetBytes(html));

    /// <summary>The same answer without a length: its end is the end of the connection, so that a cut looks clean.</summary>
    public Reply Unframed() => this with { Headers = [.. Headers.Where(header => !header.StartsWith("Content-Length", StringComparison.Ordinal))] };

    public async Task WriteAsync(NetworkStream stream, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status}\r\n{string.Concat(Headers.Select(header => header + "\r\n"))}Connection: close\r\n\r\n"), stop);
        await stream.WriteAsync(Body.AsMemory(0, Math.Min(CutAt ?? Body.Length, Body.Length)), stop);
        while (Endless) await stream.WriteAsync(Body, stop);
        if (Stall is null) return;
        Stall();
        await stream.ReadExactlyAsync(new byte[1], stop);   // ends with the connection
    }
}
