namespace Cmcd.Repro.Datasets.Archives;

/// <summary>Says that an archive came out whole; it lies beside the content and appears with it in one rename.</summary>
/// <param name="Sha256">Of the archive, hex, lower case.</param>
/// <param name="Entries">Files and folders.</param>
/// <param name="Bytes">Bytes written.</param>
public sealed record ExtractionRecord(string Sha256, int Entries, long Bytes);
