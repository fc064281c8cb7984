using System.Reflection;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>From a table's parts to its cells: table, row, column and tier laid over each other as JSON.</summary>
/// <remarks>Every value keeps the place where it was written, so that a fault in one that many cells use is told there, once.</remarks>
internal static class TableCells
{
    private const string Step2 = "step2", Kind = "kind";
    private static readonly string[] Fields = [.. SettingsShape.Names(typeof(CellPart))];
    private static readonly string[] Kinds = [.. SettingsShape.Kinds(typeof(Step2Settings)).Keys];
    private static readonly ParameterInfo[] Required = [.. SettingsShape.Parameters(typeof(CellSettings)).Where(field => !SettingsShape.IsOptional(field))];

    /// <summary>The cells by row and column number; a field that no part gives is told, and marked as told.</summary>
    /// <param name="table">The table file, recipes expanded.</param>
    /// <param name="tier">The tier file; null if it could not be read.</param>
    /// <param name="faults">Where faults are collected.</param>
    public static IReadOnlyDictionary<(int Row, int Column), JObject> Merge(JObject table, JObject? tier, Faults faults)
    {
        var cells = new Dictionary<(int Row, int Column), JObject>();
        var (rows, columns) = (Objects(table["rows"]), Objects(table["columns"]));
        foreach (var (row, i) in rows)
        {
            foreach (var (column, j) in columns)
            {
                var cell = Merge(table, row, column);
                cell.AddAnnotation(new Origin(Origin.Of(table).File, $"(rows[{i}] with columns[{j}])"));
                if (tier is not null) TierOverrides.Apply(tier, cell, (string?)table["id"], TableChecks.IdOf(row), TableChecks.IdOf(column));
                cells[(i, j)] = cell;
            }
        }

        foreach (var field in Required) TellHoles(field, table, rows, columns, cells, faults);
        return cells;
    }

    private static JObject Merge(params JObject[] parts)
    {
        var cell = new JObject();
        var kind = parts.Select(part => (part[Step2] as JObject)?[Kind]).LastOrDefault(named => named?.Type == JTokenType.String);
        foreach (var part in parts)
        {
            foreach (var field in Fields.Where(part.ContainsKey))
            {
                if (field == Step2 && part[field] is JObject step) LayStep2(cell, step, (string?)kind);
                else Lay(cell, field, part[field]!);
            }
        }

        return cell;
    }

    /// <summary>Fields for all kinds, then those under the cell's own kind. A step of kind none has nothing that could be changed in part.</summary>
    private static void LayStep2(JObject cell, JObject step, string? kind)
    {
        var forAll = (JObject)step.DeepClone();
        foreach (var name in Kinds.Where(name => forAll[name] is JObject)) forAll.Remove(name);
        if (forAll[Kind] is not null || (kind != SettingsShape.KindOf(typeof(NoStep2)) && forAll.HasValues)) Lay(cell, Step2, forAll);
        if (kind is not null && step[kind] is JObject forKind) Lay(cell, Step2, forKind);
    }

    private static void Lay(JObject cell, string field, JToken over)
    {
        if (cell[field] is not JObject under || over is not JObject fields)
        {
            cell[field] = over.DeepClone();
            return;
        }

        var merged = SettingsFiles.Merge(under, fields);
        if (fields.Annotation<Unusable>() is { } unusable) merged.AddAnnotation(unusable);
        cell[field] = merged;
    }

    /// <summary>A field is missing in the table if no cell has it, in a row or column if none of its cells has it, else in what the two make together.</summary>
    private static void TellHoles(
        ParameterInfo field, JObject table, (JObject Part, int Index)[] rows, (JObject Part, int Index)[] columns, Dictionary<(int Row, int Column), JObject> cells, Faults faults)
    {
        var name = SettingsShape.NameOf(field);
        var holes = cells.Where(cell => !cell.Value.ContainsKey(name)).Select(cell => cell.Key).ToHashSet();
        foreach (var hole in holes) cells[hole].AddAnnotation(new MissingField(name));
        if (holes.Count == 0) return;

        if (holes.Count == cells.Count)
        {
            Tell(Origin.Of(table));
            return;
        }

        foreach (var row in rows.Where(row => columns.All(column => holes.Contains((row.Index, column.Index)))).ToArray())
        {
            Tell(Origin.Of(row.Part));
            holes.RemoveWhere(hole => hole.Row == row.Index);
        }

        foreach (var column in columns.Where(column => rows.All(row => holes.Contains((row.Index, column.Index)))).ToArray())
        {
            Tell(Origin.Of(column.Part));
            holes.RemoveWhere(hole => hole.Column == column.Index);
        }

        foreach (var hole in holes) Tell(Origin.Of(cells[hole]));

        void Tell(Origin place) => faults.Add($"{place.Field(name)} is missing. {SettingsReader.Expected(field)}");
    }

    private static (JObject Part, int Index)[] Objects(JToken? list) =>
        [.. (list as JArray ?? []).Select((item, index) => (Part: item as JObject, index)).Where(item => item.Part is not null).Select(item => (item.Part!, item.index))];
}
