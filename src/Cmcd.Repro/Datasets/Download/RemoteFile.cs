using Cmcd.Repro.Datasets.Archives;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>One file of a dataset: where it is fetched from and what it must be.</summary>
/// <param name="Name">Plain file name, unique in its dataset.</param>
/// <param name="Urls">Mirrors of the same bytes, in the order they are tried.</param>
/// <param name="Checked">Figures a file must match before it is believed; all null where none is published.</param>
/// <param name="Reported">Figures with one source or by arithmetic: compared and told, never required.</param>
/// <param name="AboutBytes">Rough size, for planning and progress.</param>
/// <param name="AtMost">Where a download of unknown size is stopped, in bytes; not needed where the exact size is checked.</param>
/// <param name="OnRequest">Why the file is fetched only by name; null where the paper tier needs it.</param>
/// <param name="Note">What a user should know when it fails.</param>
/// <param name="Archive">Ceilings of its extraction; null where the file is read as it is.</param>
public sealed record RemoteFile(
    string Name,
    IReadOnlyList<Uri> Urls,
    FileFacts Checked,
    FileFacts? Reported = null,
    long? AboutBytes = null,
    long? AtMost = null,
    string? OnRequest = null,
    string? Note = null,
    ArchiveLimits? Archive = null)
{
    /// <summary>The longest body that is read, in bytes.</summary>
    internal long Limit => Checked.Bytes ?? AtMost ?? throw new InvalidOperationException($"{Name} has neither a size nor a limit; SourceCatalogue refuses that.");

    /// <summary>Best guess of the size, in bytes.</summary>
    internal long? Size => Checked.Bytes ?? Reported?.Bytes ?? AboutBytes;
}
