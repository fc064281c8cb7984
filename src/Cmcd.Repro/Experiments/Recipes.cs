using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>The named step settings of recipes/: a step may name one and override single fields; a recipe may not name another.</summary>
internal sealed class Recipes(SettingsFiles files, Faults faults)
{
    private const string Folder = "recipes";
    private readonly Dictionary<string, JObject?> _read = [];

    /// <summary>The step with its recipe's fields under its own; the step itself if it names none.</summary>
    public JToken Expand(JToken step)
    {
        if (step is not JObject own || own["recipe"] is not { } named) return step;

        if (Recipe(named) is not { } recipe)
        {
            own.AddAnnotation(new Unusable());
            return own;
        }

        own.Remove("recipe");
        var merged = SettingsFiles.Merge(recipe, own);
        merged.RemoveAnnotations<Origin>();
        merged.AddAnnotation(Origin.Of(own));  // what is missing is missing in the step
        return merged;
    }

    private JObject? Recipe(JToken named)
    {
        var known = files.Names(Folder);
        var name = named.Type == JTokenType.String ? (string)named! : "";
        if (!known.Contains(name))
        {
            faults.Add(named, SettingsReader.Known("recipe", known));
            return null;
        }

        if (!_read.TryGetValue(name, out var recipe))
        {
            recipe = _read[name] = files.Read($"{Folder}/{name}.json");
            if (recipe?["recipe"] is { } another)
            {
                faults.Add(another, "A recipe may not name another recipe.");
                recipe = _read[name] = null;
            }
        }

        return recipe;
    }
}
