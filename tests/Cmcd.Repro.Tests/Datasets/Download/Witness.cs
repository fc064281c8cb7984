using Cmcd.Repro.Datasets.Download;

namespace Cmcd.Repro.Tests.Datasets.Download;

/// <summary>Remembers what a fetch said, and lets each pause pass at once.</summary>
internal sealed class Witness(ManualTime time) : IFetchObserver
{
    public List<string> Lines { get; } = [];

    public List<(string Reason, TimeSpan Pause)> Pauses { get; } = [];

    public List<FetchProgress> Progress { get; } = [];

    /// <summary>Called with each progress, on the downloading thread.</summary>
    public Action<FetchProgress>? OnProgress { get; set; }

    public void Progressed(FetchProgress progress)
    {
        Progress.Add(progress);
        OnProgress?.Invoke(progress);
    }

    public void Retrying(string file, string reason, TimeSpan pause)
    {
        Pauses.Add((reason, pause));
        time.Advance(pause);
    }

    public void Extracted(string archive, int entries, long bytes) { }

    /// <summary>Called with each line.</summary>
    public Action<string>? OnSaid { get; set; }

    public void Said(string line)
    {
        Lines.Add(line);
        OnSaid?.Invoke(line);
    }
}
