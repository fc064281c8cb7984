using Cmcd.Repro.Experiments.Gap;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>The experiments folder: what can be run, and at which scales.</summary>
/// <remarks>
/// A table is one file; a step in it may name a recipe of recipes/; a tier of tiers/ is laid over the result. Loading checks everything and
/// reports all faults together, each with the file and path where the value stands, whichever file that is.
/// </remarks>
public sealed class ExperimentFiles
{
    private readonly string _folder;

    /// <param name="experimentsFolder">The folder that holds the tables, recipes/, tiers/ and paper/.</param>
    public ExperimentFiles(string experimentsFolder) => _folder = experimentsFolder;

    /// <summary>The ids of all tables, in ordinal order.</summary>
    public IReadOnlyList<string> Tables() =>
        [.. new SettingsFiles(_folder, new Faults()).Names("").Where(name => name != ClaimsFile.Name && !GapFiles.Holds(_folder, name))];

    /// <summary>The names of all tiers, in ordinal order.</summary>
    public IReadOnlyList<string> Tiers() => new SettingsFiles(_folder, new Faults()).Names("tiers");

    /// <summary>Reads and checks one table at one tier.</summary>
    /// <param name="id">The table's id, as in <see cref="Tables"/>.</param>
    /// <param name="tier">The tier's name, as in <see cref="Tiers"/>.</param>
    /// <param name="precision">Takes the place of both encoders' precision; null leaves the files' own.</param>
    /// <exception cref="ExperimentException">The table or tier is unknown, or a file has faults: all of them.</exception>
    public TableExperiment Load(string id, string tier, Precision? precision = null)
    {
        var faults = new Faults();
        var files = new SettingsFiles(_folder, faults);
        RequireKnown("table", id, files.Shown($"{id}.json"), Tables(), faults);
        RequireKnown("tier", tier, files.Shown($"tiers/{tier}.json"), Tiers(), faults);
        faults.ThrowIfAny();

        var reader = new SettingsReader(faults);
        var tierFile = files.Read($"tiers/{tier}.json");
        var settings = tierFile is null ? null : ReadTier(tierFile, tier, reader, faults);
        var tableFile = files.Read($"{id}.json");
        TableFile? table = null;
        IReadOnlyDictionary<(string, string), double>? printed = null;
        if (tableFile is not null)
        {
            ExpandRecipes(tableFile, new Recipes(files, faults));
            if (tierFile is not null) TierOverrides.Apply(tierFile, tableFile);
            table = reader.Read<TableFile>(tableFile);
            TableChecks.Check(tableFile, id, tier, Tiers(), settings, files.Shown($"tiers/{tier}.json"), faults);
            printed = ReadPrinted(tableFile, files, faults);
        }

        faults.ThrowIfAny();
        if (precision is { } chosen)
            table = table! with { Teacher = table.Teacher with { Precision = chosen }, Student = table.Student with { Precision = chosen } };
        return new TableExperiment(table!, settings!, printed!);
    }

    private static TierSettings? ReadTier(JObject file, string name, SettingsReader reader, Faults faults)
    {
        var read = reader.Read<TierFile>(file);
        TableChecks.RequireName(file["name"], name, faults);
        TierOverrides.Restrict(file, faults);
        return read is null ? null : new TierSettings(read.Name, read.StandsIn, read.About, read.Roles, read.Parity);
    }

    private static void ExpandRecipes(JObject table, Recipes recipes)
    {
        var steps = (table["rows"] as JArray ?? []).OfType<JObject>().SelectMany(row => new[] { row["step2"], row["step3"] }).Prepend(table["step1"]);
        foreach (var step in steps.OfType<JObject>().ToArray())
        {
            var expanded = recipes.Expand(step);
            if (!ReferenceEquals(expanded, step)) step.Replace(expanded);
        }
    }

    private IReadOnlyDictionary<(string, string), double>? ReadPrinted(JObject table, SettingsFiles files, Faults faults)
    {
        if (table["printed"] is not { Type: JTokenType.String } named) return null;

        var path = (string)named!;
        var file = Path.Combine(_folder, path);
        if (!File.Exists(file))
        {
            faults.Add(named, $"There is no such file in {files.Shown("")}.");
            return null;
        }

        var rows = TableChecks.Ids(table["rows"]).Select(id => (string)id!).Distinct().ToArray();
        var columns = TableChecks.Ids(table["columns"]).Select(id => (string)id!).Distinct().ToArray();
        return PrintedNumbers.Read(File.ReadAllText(file), files.Shown(path), Origin.Of(table).File, rows, columns, faults);
    }

    private static void RequireKnown(string noun, string name, string shown, IReadOnlyList<string> known, Faults faults)
    {
        if (!known.Contains(name)) faults.Add($"{shown} does not exist. {SettingsReader.Known(noun, known)}{NearMiss.Suggestion(name, known)}");
    }
}
