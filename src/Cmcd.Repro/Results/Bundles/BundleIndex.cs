using System.Globalization;
using System.Security.Cryptography;
using Newtonsoft.Json;

namespace Cmcd.Repro.Results.Bundles;

/// <summary>bundle.json, a bundle's first entry: every other file with size and SHA-256, sorted by path, and one hash of it all.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">Version of the format.</param>
/// <param name="Tier">smoke, mini or paper.</param>
/// <param name="Files">Every file but this one, in ordinal order of their paths.</param>
/// <param name="Sha256">Hash of the whole: of the format, the tier and all files' hashes, sizes and paths. Publish it beside the bundle.</param>
[JsonObject(ItemRequired = Required.Always)]
public sealed record BundleIndex(string Format, int Version, string Tier, IReadOnlyList<BundleIndexLine> Files, string Sha256)
{
    /// <summary>Name of the entry that holds the index.</summary>
    public const string FileName = "bundle.json";

    /// <summary>Marks an index as ours.</summary>
    public const string FormatName = "cmcd-repro-bundle";

    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    private static readonly JsonSerializerSettings Strict = new()
    {
        Culture = CultureInfo.InvariantCulture,
        Formatting = Formatting.Indented,
        MissingMemberHandling = MissingMemberHandling.Error,
        MaxDepth = 8,
        ContractResolver = new Newtonsoft.Json.Serialization.DefaultContractResolver { NamingStrategy = new Newtonsoft.Json.Serialization.CamelCaseNamingStrategy() },
    };

    /// <summary>The index of these files.</summary>
    public static BundleIndex Of(string tier, IEnumerable<BundleEntry> files)
    {
        BundleIndexLine[] lines = [.. files.Select(file => new BundleIndexLine(file.Path, file.Content.Length, Hash(file.Content.Span))).OrderBy(line => line.Path, StringComparer.Ordinal)];
        return new(FormatName, CurrentVersion, tier, lines, WholeHash(tier, lines));
    }

    /// <summary>SHA-256 in 64 lower-case hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Equal indices give equal bytes.</summary>
    public byte[] Write() => ResultFile.Encoding.GetBytes(JsonConvert.SerializeObject(this, Strict).ReplaceLineEndings("\n") + "\n");

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bundle">The bundle's name, for messages.</param>
    /// <param name="content">The entry's bytes.</param>
    /// <param name="faults">What is wrong with them.</param>
    /// <returns>Null if nothing can be compared with it.</returns>
    /// <exception cref="ReproException">It is of another format or version.</exception>
    internal static BundleIndex? Read(string bundle, ReadOnlySpan<byte> content, List<string> faults)
    {
        BundleIndex index;
        try
        {
            index = JsonConvert.DeserializeObject<BundleIndex>(System.Text.Encoding.UTF8.GetString(content), Strict) ?? throw new JsonException("it holds null.");
        }
        catch (JsonException fault)
        {
            faults.Add($"{FileName} cannot be read: {fault.Message}");
            return null;
        }

        if (index.Format != FormatName) throw new ReproException($"{bundle} is no bundle: its {FileName} is of format \"{index.Format}\", expected \"{FormatName}\".");
        if (index.Version != CurrentVersion) throw new ReproException($"{bundle}: {FileName} is of version {index.Version}; this program reads version {CurrentVersion}. Verify it with the program that made it.");
        if (!index.Tier.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) faults.Add($"{FileName} names tier \"{index.Tier}\": letters, digits and hyphens are allowed.");
        else if (index.Sha256 != WholeHash(index.Tier, index.Files)) faults.Add($"{FileName} was changed: its hash of the whole is {index.Sha256}, its lines give {WholeHash(index.Tier, index.Files)}.");
        else if (!content.SequenceEqual(index.Write())) faults.Add($"{FileName} was changed: it says the same in other bytes.");
        return index;
    }

    private static string WholeHash(string tier, IEnumerable<BundleIndexLine> lines) =>
        Hash(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{FormatName} {CurrentVersion}\n{tier}\n") + string.Concat(lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Sha256} {line.Bytes} {line.Path}\n")))));
}
