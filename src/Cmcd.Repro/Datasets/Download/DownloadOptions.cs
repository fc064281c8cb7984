namespace Cmcd.Repro.Datasets.Download;

/// <summary>How patient a download is.</summary>
/// <remarks>The defaults are usual ones of download tools; none changes what is stored.</remarks>
public sealed record DownloadOptions
{
    /// <summary>Failed attempts in a row, without progress, after which a mirror is given up; ≥ 1.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Pause after the first failure; doubles with each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause; a host that asks for a longer one (Retry-After) is given up.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time without a byte after which a connection counts as dead.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>New bytes, beyond all earlier attempts, that count as progress; ≥ 1. With it every download ends: a drip or a restart is none.</summary>
    public long ProgressBytes { get; init; } = 1 << 20;

    /// <summary>Spreads the pauses, so that many machines do not come back at once; 0 … 2^32 - 1.</summary>
    public long JitterSeed { get; init; }
}
