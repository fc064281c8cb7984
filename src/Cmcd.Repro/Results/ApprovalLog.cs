using System.Globalization;
using System.Security.Cryptography;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Cmcd.Repro.Results;

/// <summary>approvals.log: one JSON line an approval, each holding the hash of the line before.</summary>
/// <remarks>
/// A line changed, added between or removed breaks the chain of all that follow; a removed last line leaves an approved file whose hash nobody signed.
/// It proves no identity: it makes an unlogged change visible.
/// </remarks>
/// <param name="Approvals">In order.</param>
/// <param name="Fault">Where the chain breaks; null if it is whole.</param>
public sealed record ApprovalLog(IReadOnlyList<Approval> Approvals, string? Fault)
{
    /// <summary>Name of the file beside the approved ones.</summary>
    public const string FileName = "approvals.log";

    private static readonly string Beginning = new('0', 64);

    private static readonly JsonSerializerSettings Strict = new()
    {
        Culture = CultureInfo.InvariantCulture,
        MissingMemberHandling = MissingMemberHandling.Error,
        DateParseHandling = DateParseHandling.None,
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy() },
    };

    /// <summary>Reads and checks the chain; a missing file is an empty log.</summary>
    /// <exception cref="ReproException">The file cannot be read.</exception>
    public static ApprovalLog Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var text = ResultFile.Guard(path, () => File.Exists(path) ? File.ReadAllText(path) : "");
        var approvals = new List<Approval>();
        if (text.Length == 0) return new(approvals, null);
        if (!text.EndsWith('\n')) return new(approvals, $"{path}: the last line has no line end: the file was cut.");

        var previous = Beginning;
        var lines = text[..^1].Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}:{i + 1}");
            Approval? approval;
            try
            {
                approval = JsonConvert.DeserializeObject<Approval>(lines[i], Strict);
            }
            catch (JsonException fault)
            {
                return new(approvals, $"{place}: not a line of this log: {fault.Message}");
            }

            if (approval is null) return new(approvals, $"{place}: an empty line.");
            if (approval.Previous != previous) return new(approvals, $"{place}: the line before was changed or removed: it hashes to {previous[..12]}, this line names {Short(approval.Previous)}.");
            approvals.Add(approval);
            previous = HashOf(lines[i]);
        }

        return new(approvals, null);
    }

    /// <summary>The hash that the log last signed for a table's approved file; null if it never did.</summary>
    public string? SignedHash(string tier, string table) => Approvals.LastOrDefault(approval => approval.Tier == tier && approval.Table == table)?.NewHash;

    /// <summary>Adds a line, chained to the last; its own <see cref="Approval.Previous"/> is set here.</summary>
    /// <exception cref="ReproException">The chain is broken, or the file cannot be written.</exception>
    public static void Append(string path, Approval approval)
    {
        ArgumentNullException.ThrowIfNull(approval);
        if (Read(path).Fault is { } fault) throw new ReproException($"{fault} Restore the log from version control before approving.");
        var text = ResultFile.Guard(path, () => File.Exists(path) ? File.ReadAllText(path) : "");
        var previous = text.Length == 0 ? Beginning : HashOf(text[..^1].Split('\n')[^1]);
        ResultFile.Replace(path, text + JsonConvert.SerializeObject(approval with { Previous = previous }, Formatting.None, Strict) + "\n");
    }

    private static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(ResultFile.Encoding.GetBytes(line)));

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
