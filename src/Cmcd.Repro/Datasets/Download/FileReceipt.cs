namespace Cmcd.Repro.Datasets.Download;

/// <summary>What is known of a file of the store: what it is, where it came from and what vouches for it.</summary>
/// <param name="Name">File name.</param>
/// <param name="Digest">Its size and hashes as it entered the store.</param>
/// <param name="From">Mirror, or path in the drop folder.</param>
/// <param name="CheckedAgainst">The published figures it matched; "nothing" where none is published.</param>
/// <param name="At">When it entered the store, UTC.</param>
public sealed record FileReceipt(string Name, FileDigest Digest, string From, string CheckedAgainst, DateTimeOffset At);
