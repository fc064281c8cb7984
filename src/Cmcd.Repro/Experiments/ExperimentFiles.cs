using Cmcd.Repro.Experiments.Gap;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>The experiments folder: what can be run, and at which scales.</summary>
/// <remarks>
/// A table is one file; a step in it may name a recipe of recipes/; table, row and column together make a cell, and a tier of tiers/ is laid over it.
/// Loading checks everything and reports all faults together, each with the file and path where the value stands, whichever file that is.
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
        if (tableFile is not null && DerivedTables.IsDerived(tableFile)) return LoadDerived(tableFile, id, tier, precision, files, faults);
        TableFile? table = null;
        var cells = new Dictionary<(string, string), CellSettings>();
        IReadOnlyDictionary<(string, string), double>? printed = null;
        if (tableFile is not null)
        {
            ExpandRecipes(tableFile, new Recipes(files, faults));
            var merged = TableCells.Merge(tableFile, tierFile, faults);
            table = reader.Read<TableFile>(tableFile);
            foreach (var ((row, column), cell) in merged)
                if (reader.Read<CellSettings>(cell) is { } read && table is not null) cells.TryAdd((table.Rows[row].Id, table.Columns[column].Id), read);
            if (table?.Roles is { } own && settings is not null)
                settings = settings with { Roles = settings.Roles.Concat(own).GroupBy(role => role.Key).ToDictionary(role => role.Key, role => role.Last().Value) };
            TableChecks.Check(tableFile, id, tier, Tiers(), merged, faults);
            if (settings?.Roles is not null) TableChecks.CheckRoles(merged.Values, id, settings, table?.Roles?.Keys ?? [], files.Shown($"tiers/{tier}.json"), faults);
            if (tierFile is not null) TableChecks.CheckTierNames(tierFile, ReadTables(id, tableFile), faults);
            printed = ReadPrinted(tableFile, TableChecks.Names(tableFile["rows"]), TableChecks.Names(tableFile["columns"]), files, faults);
        }

        faults.ThrowIfAny();
        return new TableExperiment(table!, cells.ToDictionary(cell => cell.Key, cell => With(cell.Value, precision)), settings!, printed);
    }

    /// <summary>Reads and checks one tier alone: what plays which role.</summary>
    /// <param name="tier">The tier's name, as in <see cref="Tiers"/>.</param>
    /// <exception cref="ExperimentException">The tier is unknown, or its file has faults: all of them.</exception>
    public TierSettings LoadTier(string tier)
    {
        var faults = new Faults();
        var files = new SettingsFiles(_folder, faults);
        RequireKnown("tier", tier, files.Shown($"tiers/{tier}.json"), Tiers(), faults);
        faults.ThrowIfAny();
        var settings = files.Read($"tiers/{tier}.json") is { } file ? ReadTier(file, tier, new SettingsReader(faults), faults) : null;
        faults.ThrowIfAny();
        return settings!;
    }

    private static CellSettings With(CellSettings cell, Precision? precision) => precision is not { } chosen ? cell
        : cell with { Teacher = cell.Teacher with { Precision = chosen }, Student = cell.Student with { Precision = chosen } };

    private static TierSettings? ReadTier(JObject file, string name, SettingsReader reader, Faults faults)
    {
        var read = reader.Read<TierFile>(file);
        TableChecks.RequireName(file["name"], name, faults);
        TierOverrides.Restrict(file, faults);
        return read is null ? null : new TierSettings(read.Name, read.StandsIn, read.About, read.Roles, read.Parity, read.Rate);
    }

    private static void ExpandRecipes(JObject table, Recipes recipes)
    {
        var parts = new[] { table["rows"], table["columns"] }.SelectMany(list => list as JArray ?? []).OfType<JObject>().Prepend(table);
        foreach (var step in parts.SelectMany(part => new[] { part["step1"], part["step2"], part["step3"] }).OfType<JObject>().ToArray())
        {
            var expanded = recipes.Expand(step);
            if (!ReferenceEquals(expanded, step)) step.Replace(expanded);
        }
    }

    /// <summary>Every table that can be read, for the names that a tier uses; the faults of another table are told when it is loaded.</summary>
    private Dictionary<string, JObject> ReadTables(string id, JObject loaded)
    {
        var files = new SettingsFiles(_folder, new Faults());
        return Tables().Select(table => (Id: table, File: table == id ? loaded : files.Read($"{table}.json"))).Where(table => table.File is not null).ToDictionary(table => table.Id, table => table.File!);
    }

    private TableExperiment LoadDerived(JObject file, string id, string tier, Precision? precision, SettingsFiles files, Faults faults)
    {
        var read = new SettingsReader(faults).Read<DerivedFile>(file);
        TableChecks.Check(file, id, tier, Tiers(), new Dictionary<(int, int), JObject>(), faults);
        faults.ThrowIfAny();
        string[] sources = [.. Tables().Where(table => files.Read($"{table}.json") is { } other && !DerivedTables.IsDerived(other))];
        if (!sources.Contains(read!.From)) faults.Add(file["from"]!, $"{SettingsReader.Known("table", sources)}{NearMiss.Suggestion(read.From, sources)}");
        faults.ThrowIfAny();

        var source = Load(read.From, tier, precision);
        return DerivedTables.Put(file, read, source, ReadPrinted(file, TableChecks.Names(file["rows"]), [.. source.Columns.Select(column => column.Id)], files, faults), faults);
    }

    private IReadOnlyDictionary<(string, string), double>? ReadPrinted(JObject table, IReadOnlyList<string> rows, IReadOnlyList<string> columns, SettingsFiles files, Faults faults)
    {
        if (table["printed"] is not { Type: JTokenType.String } named) return null;

        var path = (string)named!;
        var file = Path.Combine(_folder, path);
        if (!File.Exists(file))
        {
            faults.Add(named, $"There is no such file in {files.Shown("")}.");
            return null;
        }

        return PrintedNumbers.Read(File.ReadAllText(file), files.Shown(path), Origin.Of(table).File, rows, columns, faults);
    }

    private static void RequireKnown(string noun, string name, string shown, IReadOnlyList<string> known, Faults faults)
    {
        if (!known.Contains(name)) faults.Add($"{shown} does not exist. {SettingsReader.Known(noun, known)}{NearMiss.Suggestion(name, known)}");
    }
}
