using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>What must hold between the parts of a table and its tier. Works on the JSON, so that faults elsewhere do not hide these.</summary>
internal static class TableChecks
{
    private static readonly string[] Roles = ["source", "pairs", "downstream"];

    /// <summary>Ids are unique and end with the protocol they name, costs name tiers and this one has a cost.</summary>
    public static void Check(JObject table, string id, string tier, IReadOnlyList<string> tiers, IReadOnlyDictionary<(int Row, int Column), JObject> cells, Faults faults)
    {
        RequireName(table["id"], id, faults);
        RequireUniqueIds(table["columns"], faults);
        RequireUniqueIds(table["rows"], faults);
        RequireProtocols(table, cells, faults);
        if (table["cost"] is not JObject cost) return;

        foreach (var property in cost.Properties().Where(property => !tiers.Contains(property.Name)))
            faults.Add($"{Origin.Of(property.Value)} is not a tier. {SettingsReader.Known("tier", tiers)}");
        if (cost[tier] is null) faults.Add($"{Origin.Of(cost).Field(tier)} is missing. Expected text.");
    }

    /// <summary>Roles of the cells exist in the tier or the table, and test sets that are compared have a size.</summary>
    public static void CheckRoles(IEnumerable<JObject> cells, string id, TierSettings tier, IEnumerable<string> own, string tierFile, Faults faults)
    {
        var all = cells.ToArray();
        foreach (var role in all.SelectMany(cell => Roles.Select(name => cell[name])).Where(role => role?.Type == JTokenType.String && !tier.Roles.ContainsKey((string)role!)))
            faults.Add(role!, $"Known roles of tier {tier.Name}: {string.Join(", ", tier.Roles.Keys)}.");

        RequireWeights(all, tier, tierFile, faults);
        if (tier.Parity?.TestItems is not { } items) return;
        foreach (var role in all.Select(cell => cell["downstream"]).OfType<JToken>().Select(role => role.ToString()).Distinct().Except(own).Where(role => !items.ContainsKey(role)))
            faults.Add($"{tierFile}: parity.testItems has no {role}, whose test set {id} uses. Expected the number of its test items.");
    }

    /// <summary>What a tier sets for modalities, tables, rows and columns is used by some table: a mistyped name would change nothing, silently.</summary>
    /// <param name="tier">The tier file.</param>
    /// <param name="tables">Every readable table by its id.</param>
    /// <param name="faults">Where faults are collected.</param>
    public static void CheckTierNames(JObject tier, IReadOnlyDictionary<string, JObject> tables, Faults faults)
    {
        string[] modalities = [.. tables.Values.SelectMany(table => table.Descendants()).OfType<JProperty>().Where(field => field.Name == "modalities").Select(field => field.Value.ToString()).Distinct()];
        RequireKnown(tier["modalities"], "modality", modalities, faults);
        RequireKnown(tier["tables"], "table", [.. tables.Keys], faults);
        foreach (var table in (tier["tables"] as JObject ?? []).Properties().Where(table => tables.ContainsKey(table.Name)))
            foreach (var list in (string[])["rows", "columns"])
                RequireKnown((table.Value as JObject)?[list], list.TrimEnd('s'), [.. Ids(tables[table.Name][list]).Select(id => (string)id!)], faults);
    }

    /// <summary>A file's own name for itself is the file's name.</summary>
    public static void RequireName(JToken? found, string name, Faults faults)
    {
        if (found?.Type == JTokenType.String && (string)found! != name) faults.Add(found, $"Expected \"{name}\", as the file is named.");
    }

    /// <summary>The ids that are texts, of the objects in a list.</summary>
    public static IEnumerable<JToken> Ids(JToken? list) =>
        (list as JArray ?? []).OfType<JObject>().Select(item => item["id"]).OfType<JToken>().Where(id => id.Type == JTokenType.String);

    /// <summary>The same as texts, each once.</summary>
    public static string[] Names(JToken? list) => [.. Ids(list).Select(id => (string)id!).Distinct()];

    /// <summary>The id of a row or column; null if it has none that is a text.</summary>
    public static string? IdOf(JObject part) => part["id"] is { Type: JTokenType.String } id ? (string?)id : null;

    /// <summary>Weights stand for source data only, and there are some for each teacher's width.</summary>
    private static void RequireWeights(JObject[] cells, TierSettings tier, string tierFile, Faults faults)
    {
        foreach (var (role, weights) in tier.Roles.Select(role => (role.Key, Weights: role.Value as WeightsSettings)).Where(role => role.Weights is not null))
        {
            if (cells.Any(cell => Roles[1..].Any(name => (string?)(cell[name] as JValue) == role)))
                faults.Add($"{tierFile}: roles.{role} is weights, and a cell reads it as pairs or labelled data. Expected a dataset.");
            string[] widths = [.. cells.Where(cell => (string?)(cell[Roles[0]] as JValue) == role).Select(cell => (cell["teacher"] as JObject)?["width"]?.ToString()).OfType<string>().Distinct()];
            foreach (var width in widths.Where(width => !weights!.ByWidth.ContainsKey(width)))
                faults.Add($"{tierFile}: roles.{role}.byWidth has no \"{width}\", the width of a teacher. It has {string.Join(", ", weights!.ByWidth.Keys)}.");
        }
    }

    private static void RequireUniqueIds(JToken? list, Faults faults)
    {
        foreach (var same in Ids(list).GroupBy(id => (string)id!))
            foreach (var again in same.Skip(1)) faults.Add(again, $"{Origin.Of(same.First()).Path} is the same. Expected ids that differ.");
    }

    private static void RequireProtocols(JObject table, IReadOnlyDictionary<(int Row, int Column), JObject> cells, Faults faults)
    {
        foreach (var row in cells.GroupBy(cell => cell.Key.Row))
        {
            var part = (JObject)table["rows"]![row.Key]!;
            string[] protocols = [.. row.Select(cell => (cell.Value["step3"] as JObject)?["protocol"]).OfType<JValue>().Select(value => value.ToString()).Distinct()];
            if (protocols.Length > 1) faults.Add($"{Origin.Of(part)}: its cells have the protocols {string.Join(" and ", protocols)}. Expected one protocol in a row.");
            else if (protocols is [var protocol] && IdOf(part) is { } id && Enum.GetNames<Protocol>().FirstOrDefault(named => id.EndsWith($"+{named}", StringComparison.Ordinal)) is { } named && named != protocol)
                faults.Add(part["id"]!, $"Expected \"{id[..^named.Length]}{protocol}\": its cells have that protocol.");
        }
    }

    private static void RequireKnown(JToken? section, string noun, IReadOnlyList<string> known, Faults faults)
    {
        foreach (var property in (section as JObject ?? []).Properties().Where(property => !known.Contains(property.Name)))
            faults.Add($"{Origin.Of(property.Value)} is not a {noun}. {(noun == "modality" ? $"Known modalities: {string.Join(", ", known.DefaultIfEmpty("none"))}." : SettingsReader.Known(noun, known))}{NearMiss.Suggestion(property.Name, known)}");
    }
}
