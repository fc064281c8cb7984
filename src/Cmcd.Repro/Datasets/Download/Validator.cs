using System.Net.Http.Headers;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>A strong validator of a response: proof, on the next request, that its bytes are still the same.</summary>
/// <param name="ETag">Strong entity tag, with its quotes.</param>
/// <param name="LastModified">Used where there is no strong tag.</param>
/// <remarks>Source: RFC 9110, 8.8 and 13.1.5. Weak validators do not promise equal bytes and are not kept.</remarks>
internal sealed record Validator(string? ETag, DateTimeOffset? LastModified)
{
    /// <summary>Null where the response has no strong one: then a broken download starts over.</summary>
    public static Validator? Of(HttpResponseMessage response)
    {
        if (response.Headers.ETag is { IsWeak: false } tag) return new(tag.Tag, null);

        // A date is strong only if the file could not have changed twice within its second (RFC 9110, 8.8.2.2).
        return response.Headers.ETag is null && response.Content.Headers.LastModified is { } modified && response.Headers.Date - modified >= TimeSpan.FromSeconds(1)
            ? new(null, modified)
            : null;
    }

    public RangeConditionHeaderValue Condition() => ETag is null ? new(LastModified!.Value) : new(new EntityTagHeaderValue(ETag));

    /// <summary>False when a partial response says that it belongs to other bytes; a host may leave the validator out.</summary>
    public bool AllowsPart(HttpResponseMessage response) => ETag is not null
        ? response.Headers.ETag is not { } tag || tag.Tag == ETag
        : response.Content.Headers.LastModified is not { } modified || modified == LastModified;
}
