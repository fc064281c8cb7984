using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace Cmcd.Repro.Results;

/// <summary>manifest.json: what stands behind one table's numbers.</summary>
/// <remarks>
/// Members: schema, table, tier, environment (code, runtime, operatingSystem, cpu, cores, threads, device, packages), settings (as given), inits, datasets
/// (content hash by name), stages (in order of first use), totals (runs, stages, cachedStages, seconds).
/// Names are sorted, so that two manifests compare line by line.
/// </remarks>
/// <param name="Table">Experiment file, such as Table1.</param>
/// <param name="Tier">smoke, mini or paper.</param>
/// <param name="Environment">Program, libraries and machine.</param>
/// <param name="Settings">The experiment with its tier applied: any serialisable object.</param>
/// <param name="Inits">Initialisations that were run; cells.csv holds the first.</param>
/// <param name="Datasets">Content hash by data set.</param>
/// <param name="Stages">Every stage in order of first use.</param>
/// <param name="Runs">Number of runs.</param>
/// <param name="Seconds">Wall-clock time of this command, in seconds.</param>
public sealed record Manifest(
    string Table,
    string Tier,
    RunEnvironment Environment,
    object Settings,
    IReadOnlyList<string> Inits,
    IReadOnlyDictionary<string, string> Datasets,
    IReadOnlyList<ManifestStage> Stages,
    int Runs,
    double Seconds)
{
    /// <summary>Name and version of this layout; rises when a member changes its meaning or goes.</summary>
    public const string Schema = "cmcd-repro-results/1";

    /// <summary>Sources of the paper's data behind the numbers, with their terms; null where none was read.</summary>
    public IReadOnlyList<ManifestSource>? Sources { get; init; }

    private static readonly JsonSerializer Serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        Culture = CultureInfo.InvariantCulture,
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy(processDictionaryKeys: false, overrideSpecifiedNames: false) },
        Converters = { new StringEnumConverter() },
    });

    /// <summary>Settings as the file has them.</summary>
    internal static JToken Json(object settings) => JToken.FromObject(settings, Serializer);

    /// <summary>Writes the file whole, or leaves the one before.</summary>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = JObject.FromObject(
            new
            {
                Schema,
                Table,
                Tier,
                Environment,
                Settings,
                Inits,
                Datasets,
                Stages,
                Totals = new { Runs, Stages = Stages.Count, CachedStages = Stages.Count(stage => stage.Reason == "cached"), Seconds },
            },
            Serializer);
        if (Sources is not null) content["sources"] = JToken.FromObject(Sources, Serializer);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var writer = new JsonTextWriter(text) { Formatting = Formatting.Indented })
        {
            Sorted(content).WriteTo(writer);
        }

        ResultFile.Replace(path, text + "\n");
    }

    /// <summary>Reads the file; <see cref="Settings"/> is then a <see cref="JObject"/>.</summary>
    /// <exception cref="ReproException">It is missing, cut, or a member is missing or of another kind.</exception>
    public static Manifest Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var text = ResultFile.Guard(path, () => File.ReadAllText(path));
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
            var schema = JObject.Parse(text)["schema"];
            if (schema is not JValue { Value: Schema })
            {
                throw new ReproException($"{path}: schema is {(schema is null ? "missing" : schema.ToString(Formatting.None))}, expected \"{Schema}\": the file is of another version. "
                    + "Restore it from version control, or run the table again.");
            }

            var content = Strict.Deserialize<Content>(reader)!;
            return new(content.Table, content.Tier, content.Environment, content.Settings, content.Inits, content.Datasets, content.Stages, content.Totals.Runs, content.Totals.Seconds)
            {
                Sources = content.Sources,
            };
        }
        catch (JsonException fault)
        {
            throw new ReproException($"{path} is cut or of another version: {fault.Message} Restore the file from version control, or run the table again.", fault);
        }
    }

    /// <summary>The given stages and all on the way to them, each once.</summary>
    /// <param name="keys">Keys of stages; one that is not listed is passed over, which the sentinel audit names.</param>
    public IEnumerable<ManifestStage> Behind(IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var stages = Stages.DistinctBy(stage => stage.Key).ToDictionary(stage => stage.Key, StringComparer.Ordinal);
        var open = new Stack<string>(keys);
        while (open.TryPop(out var key))
        {
            if (!stages.Remove(key, out var stage)) continue;
            foreach (var parent in stage.Parents) open.Push(parent);
            yield return stage;
        }
    }

    /// <summary>Kind and version of every stage on the way to the given ones, each once, parents first: "pretrain:1", "distill:1", "evaluate:1".</summary>
    /// <param name="keys">Keys of stages; one that is not listed is passed over, which the sentinel audit names.</param>
    public IReadOnlyList<string> VersionsBehind(IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var left = Stages.DistinctBy(stage => stage.Key).ToDictionary(stage => stage.Key, StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var key in keys) Visit(key);
        return found;

        void Visit(string key)
        {
            if (!left.Remove(key, out var stage)) return;
            foreach (var parent in stage.Parents) Visit(parent);
            var text = string.Create(CultureInfo.InvariantCulture, $"{stage.Kind}:{stage.Version}");
            if (!found.Contains(text)) found.Add(text);
        }
    }

    private static readonly JsonSerializer Strict = JsonSerializer.Create(new JsonSerializerSettings
    {
        Culture = CultureInfo.InvariantCulture,
        MissingMemberHandling = MissingMemberHandling.Error,
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy() },
    });

    [JsonObject(ItemRequired = Required.Always)]
    private sealed record Content(
        string Schema, string Table, string Tier, RunEnvironment Environment, JObject Settings, IReadOnlyList<string> Inits, IReadOnlyDictionary<string, string> Datasets,
        IReadOnlyList<ManifestStage> Stages, Totals Totals, [property: JsonProperty(Required = Required.Default)] IReadOnlyList<ManifestSource>? Sources);

    [JsonObject(ItemRequired = Required.Always)]
    private sealed record Totals(int Runs, int Stages, int CachedStages, double Seconds);

    internal static JToken Sorted(JToken token) => token switch
    {
        JObject item => new JObject(item.Properties().OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => new JProperty(property.Name, Sorted(property.Value)))),
        JArray list => new JArray(list.Select(Sorted)),
        _ => token,
    };
}
