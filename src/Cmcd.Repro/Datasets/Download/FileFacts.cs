namespace Cmcd.Repro.Datasets.Download;

/// <summary>What is published about a file; null where nothing is.</summary>
/// <param name="Bytes">Exact size.</param>
/// <param name="Sha256">Hex, lower case.</param>
/// <param name="Md5">Hex, lower case.</param>
/// <param name="GitBlob">SHA-1 under which git stores this content, hex, lower case.</param>
public sealed record FileFacts(long? Bytes = null, string? Sha256 = null, string? Md5 = null, string? GitBlob = null)
{
    /// <summary>True when a hash of the whole content is known.</summary>
    internal bool HasHash => (Sha256 ?? Md5 ?? GitBlob) is not null;

    /// <summary>The figures a file was held against, for a message; "nothing" where there is none.</summary>
    internal string Names
    {
        get
        {
            string[] names = [.. Named(Bytes, "size"), .. Named(Sha256, "SHA-256"), .. Named(Md5, "MD5"), .. Named(GitBlob, "git blob")];
            return names.Length == 0 ? "nothing" : string.Join(", ", names);
        }
    }

    /// <summary>Every figure in which a file differs from these, found and expected; empty when it matches all that is known.</summary>
    internal IReadOnlyList<string> Differences(FileDigest found)
    {
        var differences = new List<string>();
        if (Bytes is { } bytes && bytes != found.Bytes) differences.Add($"{found.Bytes:N0} bytes, expected {bytes:N0}");
        Compare("SHA-256", found.Sha256, Sha256);
        Compare("MD5", found.Md5, Md5);
        Compare("git blob SHA-1", found.GitBlob, GitBlob);
        return differences;

        void Compare(string kind, string actual, string? expected)
        {
            if (expected is not null && expected != actual) differences.Add($"{kind} {actual}, expected {expected}");
        }
    }

    private static IEnumerable<string> Named(object? figure, string name) => figure is null ? [] : [name];
}
