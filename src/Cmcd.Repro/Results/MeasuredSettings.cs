using System.Security.Cryptography;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Results;

/// <summary>What a manifest's settings say about a cell, apart from the determinism class that stage keys also hold.</summary>
internal static class MeasuredSettings
{
    private const string PrecisionMember = "precision";
    private static readonly string[] Optional = ["pairShare", "budget", "fewShot", "predictor", "sourceSize", "over", "distance"];

    /// <summary>Of the whole experiment where it states one, else of student and teacher.</summary>
    /// <exception cref="ReproException">A network's precision is missing.</exception>
    public static string PrecisionOf(Manifest manifest)
    {
        if ((string?)Settings(manifest)[PrecisionMember] is { } whole) return whole;
        string[] found = [.. new[] { "student", "teacher" }.Select(network => (string?)Settings(manifest).SelectToken($"{network}.{PrecisionMember}")
            ?? throw new ReproException($"manifest.json of {manifest.Table}, tier {manifest.Tier}: settings.{network}.precision is missing: it is of another version. Run the table again."))];
        return string.Join('/', found.Distinct());
    }

    /// <summary>What is wrong with the labelled split that a table's settings name; null if nothing.</summary>
    /// <param name="manifest">Of a table; an experiment of one precision scores no split of its own.</param>
    /// <param name="expected">The split of the folder.</param>
    public static string? SplitFault(Manifest manifest, string expected) =>
        Settings(manifest) is var settings && settings[PrecisionMember] is not null ? null
        : settings["split"] is not { } split ? "settings.split is missing: it is of another version"
        : (string?)(split as JValue) == expected ? null
        : $"settings.split is {split.ToString(Formatting.None)}, expected \"{expected}\", as the folder is named";

    /// <summary>SHA-256 over networks, steps, data and split of a cell, without precision: equal for equal settings under any thread count, precision and processor.</summary>
    /// <remarks>An experiment of one precision is no table of cells with settings of their own: all it states counts.</remarks>
    public static string DigestOf(Manifest manifest, CellId cell)
    {
        if (Settings(manifest)[PrecisionMember] is not null)
        {
            var whole = (JObject)Settings(manifest).DeepClone();
            whole.Remove(PrecisionMember);
            return Digest(whole);
        }

        var (settings, own) = (Settings(manifest), CellLayout.Read(Settings(manifest), cell.Row, cell.Column));
        var content = new JObject(new[] { "teacher", "student", "step1" }.Select(name => new JProperty(name, own?[name]?.DeepClone())));
        content["split"] = settings["split"]?.DeepClone();
        content["row"] = new JArray(own is null ? [] : new[] { StepsOf(own) });
        content["datasets"] = JObject.FromObject(new SortedDictionary<string, string>(manifest.Datasets.ToDictionary(), StringComparer.Ordinal));
        foreach (var precision in content.Descendants().OfType<JProperty>().Where(property => property.Name == PrecisionMember).ToArray()) precision.Remove();
        return Digest(content);
    }

    private static string Digest(JObject content) => Convert.ToHexStringLower(SHA256.HashData(ResultFile.Encoding.GetBytes(content.ToString(Formatting.None))));

    private static JObject StepsOf(JObject cell)
    {
        var steps = new JObject { ["method"] = cell["method"]?.DeepClone(), ["step2"] = cell["step2"]?.DeepClone(), ["step3"] = cell["step3"]?.DeepClone() };
        foreach (var name in Optional.Where(cell.ContainsKey)) steps[name] = cell[name]!.DeepClone();
        return steps;
    }

    private static JObject Settings(Manifest manifest) => manifest.Settings as JObject ?? JObject.FromObject(manifest.Settings);
}
