namespace Cmcd.Repro.Datasets.Download;

/// <summary>Bytes a second over a sliding window, so that the shown rate follows the line and not the whole history.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<(long Stamp, long Bytes)> _marks = [];

    /// <summary>Notes the bytes now on disk.</summary>
    /// <returns>Rate over the window, in bytes a second; 0 while no time has passed.</returns>
    public double Mark(long bytes)
    {
        var now = time.GetTimestamp();
        while (_marks.Count > 1 && time.GetElapsedTime(_marks.Peek().Stamp, now) > Window) _marks.Dequeue();
        _marks.Enqueue((now, bytes));
        var (stamp, first) = _marks.Peek();
        var seconds = time.GetElapsedTime(stamp, now).TotalSeconds;
        return seconds > 0 ? Math.Max(0, bytes - first) / seconds : 0;
    }
}
