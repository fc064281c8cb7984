using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cmcd.Repro.Tests.Datasets.Download;

/// <summary>An HTTP/1.1 server on 127.0.0.1 that answers each request as the test says, honestly or not. One request a connection, a bounded number of them.</summary>
internal sealed class HostileServer : IDisposable
{
    private const int MostRequests = 100;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly Func<Request, Reply> _answer;
    private readonly Task _loop;

    public HostileServer(Func<Request, Reply> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = Task.Run(ServeAsync);
    }

    public List<Request> Requests { get; } = [];

    public Uri Url(string path) => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{path}");

    public void Dispose()
    {
        _closed.Cancel();
        _listener.Stop();
        _loop.GetAwaiter().GetResult();
        _closed.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (Requests.Count < MostRequests)
            {
                using var client = await _listener.AcceptTcpClientAsync(_closed.Token);
                using var stream = client.GetStream();
                try
                {
                    var request = await ReadAsync(stream);
                    Requests.Add(request);
                    await _answer(request).WriteAsync(stream, _closed.Token);
                }
                catch (IOException)
                {
                    // The client hung up, which is what several tests are about.
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private async Task<Request> ReadAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var target = (await reader.ReadLineAsync(_closed.Token) ?? throw new IOException("no request")).Split(' ')[1];
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(_closed.Token) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        long? from = headers.TryGetValue("Range", out var range) ? long.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : null;
        return new(Requests.Count + 1, target[1..], from, headers.GetValueOrDefault("If-Range"));
    }

    /// <param name="Number">1 for the server's first request.</param>
    /// <param name="Path">Without the leading slash.</param>
    /// <param name="From">First byte of an open range.</param>
    /// <param name="IfRange">Its condition.</param>
    internal sealed record Request(int Number, string Path, long? From, string? IfRange);
}
