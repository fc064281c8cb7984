using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Results;

/// <summary>A manifest's settings, one value a line: path → text, so that two manifests compare value by value.</summary>
public static class SettingPaths
{
    /// <summary>Every value with its path, in the manifest's order: <c>rows[CMC+LE].step2.settings.epochs</c> → <c>6</c>.</summary>
    /// <remarks>Items of a list are addressed by their id where they have one. A list of plain values is one value; an empty object is <c>{}</c>.</remarks>
    /// <param name="manifest">A manifest that was read or is about to be written.</param>
    public static IReadOnlyDictionary<string, string> Of(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return Of(manifest.Settings as JToken ?? JToken.FromObject(manifest.Settings));
    }

    /// <summary>As the other overload, for what one cell was made of: networks, steps, split.</summary>
    public static IReadOnlyDictionary<string, string> Of(Manifest manifest, CellId cell)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var settings = manifest.Settings as JObject ?? JObject.FromObject(manifest.Settings);
        var own = CellLayout.Read(settings, cell.Row, cell.Column) ?? [];
        if (settings["split"] is { } split) own["split"] = split.DeepClone();
        return Of(own);
    }

    private static Dictionary<string, string> Of(JToken settings)
    {
        var paths = new Dictionary<string, string>();
        Flatten("", settings, paths);
        return paths;
    }

    private static void Flatten(string path, JToken token, Dictionary<string, string> paths)
    {
        switch (token)
        {
            case JObject { HasValues: true } item:
                foreach (var (name, value) in item) Flatten(path.Length == 0 ? name : $"{path}.{name}", value!, paths);
                break;
            case JArray list when list.Any(item => item is JContainer):
                for (var i = 0; i < list.Count; i++) Flatten($"{path}[{(list[i] as JObject)?["id"] ?? i}]", list[i], paths);
                break;
            default:
                paths[path] = Text(token);
                break;
        }
    }

    private static string Text(JToken token) => token switch
    {
        JArray list => $"[{string.Join(", ", list.Select(Text))}]",
        JObject => "{}",
        JValue { Value: null } => "none",
        JValue { Value: bool flag } => flag ? "true" : "false",
        _ => Convert.ToString(((JValue)token).Value, CultureInfo.InvariantCulture)!,
    };
}
