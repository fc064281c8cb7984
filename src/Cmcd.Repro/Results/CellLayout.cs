using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Results;

/// <summary>How a manifest's settings hold what every cell was made of without saying most of it a hundred times.</summary>
/// <remarks>
/// <c>teacher</c>, <c>student</c>, <c>step1</c> are those of the first cell; a member of <c>rows</c> holds all else of the row's first cell, and what its networks
/// have different; a member of <c>cells</c> holds what a cell has different from its row. "Different" is a JSON merge patch (RFC 7386): null takes a member out.
/// Settings hold no null themselves.
/// </remarks>
public static class CellLayout
{
    private static readonly string[] Shared = ["teacher", "student", "step1"];

    /// <summary>The settings of a manifest.</summary>
    /// <param name="cells">Row, column and settings (any serialisable object) of every cell, rows first, at least one.</param>
    /// <param name="roles">What plays each role in the tier.</param>
    /// <param name="split">The labelled split that was scored.</param>
    public static object Of(IEnumerable<(string Row, string Column, object Settings)> cells, object roles, string split)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(roles);
        var all = cells.Select(cell => (cell.Row, cell.Column, Settings: (JObject)WithoutNulls(Manifest.Json(cell.Settings)))).ToArray();
        var layout = new JObject(Shared.Select(name => new JProperty(name, all[0].Settings[name])));
        var (rows, own) = (new JArray(), new JArray());
        foreach (var row in all.GroupBy(cell => cell.Row))
        {
            var first = row.First().Settings;
            rows.Add(WithId(row.Key, Difference(layout, first)));
            foreach (var cell in row.Where(cell => !JToken.DeepEquals(cell.Settings, first))) own.Add(WithId($"{cell.Row}/{cell.Column}", Difference(first, cell.Settings)));
        }

        layout["rows"] = rows;
        if (own.Count > 0) layout["cells"] = own;
        layout["roles"] = Manifest.Json(roles);
        layout["split"] = split;
        return layout;
    }

    /// <summary>What a cell was made of, names sorted: equal settings give equal text however they were laid out. Null if there is no such row.</summary>
    /// <param name="settings">A manifest's settings.</param>
    /// <param name="row">Row id.</param>
    /// <param name="column">Column id.</param>
    public static JObject? Read(JObject settings, string row, string column)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (Find(settings["rows"], row) is not { } ofRow) return null;

        var cell = new JObject(Shared.Where(settings.ContainsKey).Select(name => new JProperty(name, settings[name])));
        Apply(cell, ofRow);
        if (OfCell(settings, row, column) is { } own) Apply(cell, own);
        cell.Remove("id");
        return (JObject)Manifest.Sorted(cell);
    }

    /// <summary>What a cell has different from its row's first cell; null if nothing.</summary>
    public static JObject? OfCell(JObject settings, string row, string column)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Find(settings["cells"], $"{row}/{column}");
    }

    private static JObject? Find(JToken? list, string id) => (list as JArray ?? []).OfType<JObject>().FirstOrDefault(item => (string?)item["id"] == id);

    private static JObject WithId(string id, JObject settings)
    {
        settings.AddFirst(new JProperty("id", id));
        return settings;
    }

    private static JObject Difference(JObject from, JObject to)
    {
        var patch = new JObject();
        foreach (var (name, value) in to)
        {
            if (JToken.DeepEquals(from[name], value)) continue;
            patch[name] = from[name] is JObject before && value is JObject after ? Difference(before, after) : value!.DeepClone();
        }

        foreach (var (name, _) in from)
            if (!to.ContainsKey(name)) patch[name] = JValue.CreateNull();
        return patch;
    }

    private static void Apply(JObject cell, JObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value!.Type == JTokenType.Null) cell.Remove(name);
            else if (value is not JObject inner) cell[name] = value.DeepClone();
            else
            {
                if (cell[name] is not JObject) cell[name] = new JObject();
                Apply((JObject)cell[name]!, inner);
            }
        }
    }

    private static JToken WithoutNulls(JToken token)
    {
        foreach (var property in ((token as JContainer)?.Descendants() ?? []).OfType<JProperty>().Where(property => property.Value.Type == JTokenType.Null).ToArray()) property.Remove();
        return token;
    }
}
