namespace Cmcd.Repro.Datasets.Archives;

/// <summary>Ceilings of one extraction. What is counted is what comes out, never what the archive says of itself.</summary>
/// <param name="Entries">Most files and folders, &gt; 0.</param>
/// <param name="Bytes">Most bytes written in all, &gt; 0.</param>
/// <param name="Ratio">Most bytes written for each byte of the archive, &gt; 0.</param>
public sealed record ArchiveLimits(int Entries, long Bytes, int Ratio);
