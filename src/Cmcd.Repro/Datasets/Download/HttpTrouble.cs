using System.Net;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>What a failed request means: worth another attempt, or the end of this mirror.</summary>
internal static class HttpTrouble
{
    /// <param name="response">Any answer but 200, 206 and 416.</param>
    /// <param name="now">For a Retry-After that names a moment.</param>
    public static TransferOutcome Of(HttpResponseMessage response, DateTimeOffset now)
    {
        var said = $"the host answers {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        var wait = response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - now) : null;
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new(TransferEnd.Refused, $"{said}: the file is no longer at this address"),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(TransferEnd.Refused, $"{said}: it wants a sign-in, or its download quota is used up"),
            HttpStatusCode.ProxyAuthenticationRequired => new(TransferEnd.Refused, $"{said}: the proxy wants a sign-in (HTTPS_PROXY)"),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new(TransferEnd.Broken, said, wait),
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new(TransferEnd.Refused, $"{said} and points to {response.Headers.Location?.ToString() ?? "nowhere"}, which is not followed"),
            _ => new(TransferEnd.Refused, said),
        };
    }

    public static TransferOutcome Of(HttpRequestException fault) => fault.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new(TransferEnd.Refused, $"the host's name cannot be resolved: no network, or the host is gone ({fault.Message})"),
        HttpRequestError.SecureConnectionError => new(TransferEnd.Refused, $"no secure connection: {fault.InnerException?.Message ?? fault.Message}"),
        HttpRequestError.ProxyTunnelError => new(TransferEnd.Refused, $"the proxy refuses (HTTPS_PROXY): {fault.Message}"),
        _ => new(TransferEnd.Broken, $"the connection failed ({fault.Message})"),
    };
}
