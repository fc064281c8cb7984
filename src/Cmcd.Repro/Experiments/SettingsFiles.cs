using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>Reads the JSON files of an experiments folder and remembers of every token where it was written.</summary>
internal sealed class SettingsFiles(string folder, Faults faults)
{
    private static readonly JsonLoadSettings Strict = new()
    {
        CommentHandling = CommentHandling.Ignore,
        DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error,
    };

    /// <summary>The path of a file as it is shown to the user.</summary>
    /// <param name="path">Path inside the folder, with forward slashes.</param>
    public string Shown(string path) => $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))}/{path}";

    /// <summary>The names, without extension, of the JSON files in a subfolder ("" for the folder itself), in ordinal order.</summary>
    public IReadOnlyList<string> Names(string subfolder)
    {
        var place = Path.Combine(folder, subfolder);
        if (!Directory.Exists(place)) return [];
        return [.. Directory.EnumerateFiles(place, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The object in a file, without its <c>$schema</c>; null, and a fault, if it holds none.</summary>
    /// <param name="path">Path inside the folder, with forward slashes.</param>
    public JObject? Read(string path)
    {
        using var reader = new JsonTextReader(new StreamReader(Path.Combine(folder, path))) { DateParseHandling = DateParseHandling.None };
        try
        {
            var root = JToken.Load(reader, Strict);
            while (reader.Read())
                if (reader.TokenType != JsonToken.Comment) throw new JsonReaderException($"Text after the end of the first value, line {reader.LineNumber}.");

            foreach (var token in (root as JContainer)?.DescendantsAndSelf() ?? [root]) token.AddAnnotation(new Origin(Shown(path), token.Path));
            if (root is JObject file)
            {
                file.Remove("$schema");
                return file;
            }

            faults.Add(root, "Expected an object.");
        }
        catch (JsonException fault)
        {
            faults.Add($"{Shown(path)} is not JSON: {fault.Message}");
        }

        return null;
    }

    /// <summary>
    /// The fields of both; where both have one, objects are merged and anything else is taken from <paramref name="over"/>. Objects of two kinds share no
    /// field: the one over replaces the one under.
    /// </summary>
    public static JObject Merge(JObject under, JObject over)
    {
        if (under["kind"] is { } one && over["kind"] is { } other && !JToken.DeepEquals(one, other)) return (JObject)over.DeepClone();

        var merged = (JObject)under.DeepClone();  // annotations are cloned with it
        foreach (var (name, value) in over)
            merged[name] = merged[name] is JObject inner && value is JObject outer ? Merge(inner, outer) : value!.DeepClone();
        return merged;
    }
}
