namespace Cmcd.Repro.Datasets.Archives;

/// <summary>One entry as its archive tells it; nothing of it is believed before it is checked.</summary>
/// <param name="Name">Path in the archive.</param>
/// <param name="IsFolder">A folder has no content.</param>
/// <param name="Forbidden">Why it may not come out (a link, a device, encrypted); null for plain files and folders.</param>
/// <param name="Crc">CRC-32 of the content; null where the format has one for the whole archive.</param>
/// <param name="Open">Opens the content; to be called before the next entry is asked for.</param>
internal sealed record ArchiveEntry(string Name, bool IsFolder, string? Forbidden, uint? Crc, Func<Stream> Open);
