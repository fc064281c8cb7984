using System.Security.Cryptography;
using System.Text;

namespace Cmcd.Repro.Datasets;

/// <summary>One hash over the named parts that decide a dataset's content.</summary>
internal static class ContentHash
{
    /// <returns>SHA-256 over one line per part, hex, lower case.</returns>
    public static string Of(params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
