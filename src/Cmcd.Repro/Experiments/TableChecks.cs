using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>What must hold between the parts of a table and its tier. Works on the JSON, so that faults elsewhere do not hide these.</summary>
internal static class TableChecks
{
    private static readonly string[] Roles = ["source", "pairs", "downstream"];

    /// <summary>Ids are unique, roles exist in the tier, costs name tiers and this one has a cost, and test sets that are compared have a size.</summary>
    public static void Check(JObject table, string id, string tier, IReadOnlyList<string> tiers, TierSettings? settings, string tierFile, Faults faults)
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

        if (settings.Parity?.TestItems is not { } items) return;
        foreach (var role in (table["columns"] as JArray ?? []).Select(column => (column as JObject)?["downstream"]).OfType<JToken>().Select(role => role.ToString()).Distinct().Where(role => !items.ContainsKey(role)))
            faults.Add($"{tierFile}: parity.testItems has no {role}, whose test set {id} uses. Expected the number of its test items.");
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
