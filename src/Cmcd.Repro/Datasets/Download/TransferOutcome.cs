namespace Cmcd.Repro.Datasets.Download;

/// <summary>How one attempt ended.</summary>
internal enum TransferEnd
{
    /// <summary>The host sent all it has.</summary>
    Complete,

    /// <summary>Worth another attempt at the same mirror.</summary>
    Broken,

    /// <summary>This mirror will not serve the file now.</summary>
    Refused,

    /// <summary>What came is not the file; it is kept for a look.</summary>
    Wrong,
}

/// <param name="End">What to do next.</param>
/// <param name="Reason">Why, without a full stop; empty when complete.</param>
/// <param name="Wait">Pause the host asked for.</param>
internal sealed record TransferOutcome(TransferEnd End, string Reason = "", TimeSpan? Wait = null);
