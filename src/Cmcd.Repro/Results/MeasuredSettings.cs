using System.Security.Cryptography;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Results;

/// <summary>What a manifest's settings say about a cell, apart from the determinism class that stage keys also hold.</summary>
internal static class MeasuredSettings
{
    private const string PrecisionMember = "precision";

    /// <exception cref="ReproException">A network's precision is missing.</exception>
    public static string PrecisionOf(Manifest manifest)
    {
        string[] found = [.. new[] { "student", "teacher" }.Select(network => (string?)Settings(manifest).SelectToken($"{network}.{PrecisionMember}")
            ?? throw new ReproException($"manifest.json of {manifest.Table}, tier {manifest.Tier}: settings.{network}.precision is missing: it is of another version. Run the table again."))];
        return string.Join('/', found.Distinct());
    }

    /// <summary>SHA-256 over networks, step 1, the row's steps, data and split, without precision: equal for equal settings under any thread count, precision and processor.</summary>
    public static string DigestOf(Manifest manifest, string row)
    {
        var settings = Settings(manifest);
        var content = new JObject
        {
            ["teacher"] = settings["teacher"]?.DeepClone(),
            ["student"] = settings["student"]?.DeepClone(),
            ["step1"] = settings["step1"]?.DeepClone(),
            ["split"] = settings["split"]?.DeepClone(),
            ["row"] = new JArray((settings["rows"] as JArray ?? []).Where(candidate => (string?)candidate["id"] == row).Select(StepsOf)),
            ["datasets"] = JObject.FromObject(new SortedDictionary<string, string>(manifest.Datasets.ToDictionary(), StringComparer.Ordinal)),
        };
        foreach (var precision in content.Descendants().OfType<JProperty>().Where(property => property.Name == PrecisionMember).ToArray()) precision.Remove();
        return Convert.ToHexStringLower(SHA256.HashData(ResultFile.Encoding.GetBytes(content.ToString(Formatting.None))));
    }

    private static JObject StepsOf(JToken row) => new() { ["method"] = row["method"]?.DeepClone(), ["step2"] = row["step2"]?.DeepClone(), ["step3"] = row["step3"]?.DeepClone() };

    private static JObject Settings(Manifest manifest) => manifest.Settings as JObject ?? JObject.FromObject(manifest.Settings);
}
