using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>What must hold between the parts of a table and its tier. Works on the JSON, so that faults elsewhere do not hide these.</summary>
internal static class TableChecks
{
    private static readonly string[] Roles = ["source", "pairs", "downstream"];

    /// <summary>Ids are unique, roles exist in the tier, costs name tiers and this one has a cost.</summary>
    public static void Check(JObject table, string id, string tier, IReadOnlyList<string> tiers, TierSettings? settings, Faults faults)
    {
        RequireName(table["id"], id, faults);
        RequireUniqueIds(table["columns"], faults);
        RequireUniqueIds(table["rows"], faults);
        if (table["cost"] is JObject cost)
        {
            foreach (var property in cost.Properties().Where(property => !tiers.Contains(property.Name)))
                faults.Add($"{Origin.Of(property.Value)} is not a tier. {SettingsReader.Known("tier", tiers)}");
            if (cost[tier] is null) faults.Add($"{Origin.Of(cost).Field(tier)} is missing. Expected text.");
        }

        if (settings?.Roles is not { } known) return;
        foreach (var column in (table["columns"] as JArray ?? []).OfType<JObject>())
            foreach (var role in Roles.Select(name => column[name]).Where(role => role?.Type == JTokenType.String && !known.ContainsKey((string)role!)))
                faults.Add(role!, $"Known roles of tier {tier}: {string.Join(", ", known.Keys)}.");
    }

    /// <summary>A file's own name for itself is the file's name.</summary>
    public static void RequireName(JToken? found, string name, Faults faults)
    {
        if (found?.Type == JTokenType.String && (string)found! != name) faults.Add(found, $"Expected \"{name}\", as the file is named.");
    }

    /// <summary>The ids that are texts, of the objects in a list.</summary>
    public static IEnumerable<JToken> Ids(JToken? list) =>
        (list as JArray ?? []).OfType<JObject>().Select(item => item["id"]).OfType<JToken>().Where(id => id.Type == JTokenType.String);

    private static void RequireUniqueIds(JToken? list, Faults faults)
    {
        foreach (var same in Ids(list).GroupBy(id => (string)id!))
            foreach (var again in same.Skip(1)) faults.Add(again, $"{Origin.Of(same.First()).Path} is the same. Expected ids that differ.");
    }
}
