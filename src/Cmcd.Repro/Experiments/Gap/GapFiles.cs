using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments.Gap;

/// <summary>Gap experiments of the experiments folder: files whose <c>kind</c> is gap. As strict as the tables.</summary>
public static class GapFiles
{
    // What a tier may change: lengths and sizes, as for tables.
    private static readonly string[] ByTier = ["sizes", "training"];

    /// <summary>Whether the experiment of this id is one; false where there is no such file, or none that can be read.</summary>
    public static bool Holds(string experimentsFolder, string id)
    {
        var files = new SettingsFiles(experimentsFolder, new Faults());
        return files.Names("").Contains(id) && (string?)(files.Read($"{id}.json")?["kind"] as JValue) == GapExperiment.KindName;
    }

    /// <summary>The ids of all gap experiments, in ordinal order.</summary>
    public static IReadOnlyList<string> Ids(string experimentsFolder) => [.. new SettingsFiles(experimentsFolder, new Faults()).Names("").Where(name => Holds(experimentsFolder, name))];

    /// <summary>Reads and checks one experiment at one tier.</summary>
    /// <exception cref="ExperimentException">The tier is unknown, or the file has faults: all of them.</exception>
    public static GapExperiment Load(string experimentsFolder, string id, string tier)
    {
        var faults = new Faults();
        var files = new SettingsFiles(experimentsFolder, faults);
        if (files.Names("tiers") is var tiers && !tiers.Contains(tier))
            faults.Add($"{files.Shown($"tiers/{tier}.json")} does not exist. {SettingsReader.Known("tier", tiers)}{NearMiss.Suggestion(tier, tiers)}");
        var file = files.Read($"{id}.json");
        faults.ThrowIfAny();

        var experiment = new SettingsReader(faults).Read<GapExperiment>(ForTier(file!, tier, tiers, faults));
        if (file!["id"] is { Type: JTokenType.String } named && (string?)named != id) faults.Add(named, $"Expected \"{id}\", the name of the file.");
        faults.ThrowIfAny();
        return experiment!;
    }

    private static JObject ForTier(JObject file, string tier, IReadOnlyList<string> tiers, Faults faults)
    {
        if (file["tiers"] is not { } token) return file;
        file.Remove("tiers");
        if (token is not JObject all)
        {
            faults.Add(token, "Expected an object.");
            return file;
        }

        foreach (var (name, value) in all)
        {
            if (!tiers.Contains(name)) faults.Add($"{Origin.Of(value!)} is not a tier. {SettingsReader.Known("tier", tiers)}");
            if (value is not JObject fields) faults.Add(value!, "Expected an object.");
            else foreach (var field in fields.Properties().Where(field => !ByTier.Contains(field.Name))) faults.Add($"{Origin.Of(field.Value)} may not differ by tier. {SettingsReader.Known("field", ByTier)}");
        }

        return all[tier] is JObject own ? SettingsFiles.Merge(file, own) : file;
    }
}
