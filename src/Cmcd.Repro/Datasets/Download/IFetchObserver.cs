namespace Cmcd.Repro.Datasets.Download;

/// <summary>Hears what a fetch does; it decides what is shown.</summary>
public interface IFetchObserver
{
    /// <summary>A block arrived.</summary>
    void Progressed(FetchProgress progress);

    /// <summary>An attempt failed and another follows; the pause has begun.</summary>
    /// <param name="file">File name.</param>
    /// <param name="reason">What went wrong.</param>
    /// <param name="pause">Time until the next attempt.</param>
    void Retrying(string file, string reason, TimeSpan pause);

    /// <summary>Files came out of an archive.</summary>
    /// <param name="archive">Archive's name.</param>
    /// <param name="entries">Files and folders so far.</param>
    /// <param name="bytes">Bytes written so far.</param>
    void Extracted(string archive, int entries, long bytes);

    /// <summary>Something worth a line: a file found, dropped in, stored or refused, the next mirror.</summary>
    void Said(string line);
}
