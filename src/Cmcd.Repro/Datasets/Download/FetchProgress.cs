namespace Cmcd.Repro.Datasets.Download;

/// <summary>State of a running download.</summary>
/// <param name="File">File name.</param>
/// <param name="Bytes">Bytes on disk so far.</param>
/// <param name="Total">Bytes in the end, as checked, told by the host or roughly known; null where nobody says.</param>
/// <param name="BytesPerSecond">Rate over the last seconds; 0 until it can be told.</param>
public sealed record FetchProgress(string File, long Bytes, long? Total, double BytesPerSecond)
{
    /// <summary>Time left at this rate; null while it cannot be told.</summary>
    public TimeSpan? Left => Total is { } total && BytesPerSecond > 0 ? TimeSpan.FromSeconds(Math.Max(0, total - Bytes) / BytesPerSecond) : null;
}
