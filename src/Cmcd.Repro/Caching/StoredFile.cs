namespace Cmcd.Repro.Caching;

/// <summary>One output file of a stage as it was when stored.</summary>
/// <param name="Name">File name in the output folder.</param>
/// <param name="Bytes">Size in bytes.</param>
/// <param name="Sha256">SHA-256, lower-case hexadecimal.</param>
public sealed record StoredFile(string Name, long Bytes, string Sha256);
