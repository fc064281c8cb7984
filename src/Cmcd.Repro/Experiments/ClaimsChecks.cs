using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>What must hold between the parts of a claims file and the printed tables. Works on the JSON, so that faults elsewhere do not hide these.</summary>
internal sealed partial class ClaimsChecks
{
    private readonly Dictionary<string, (List<string> Rows, List<string> Columns)> _tables = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _groups;
    private readonly Faults _faults;

    private ClaimsChecks(JObject claims, PaperNumbers numbers, Faults faults)
    {
        _faults = faults;
        _groups = Lists(claims["groups"]);
        foreach (var table in numbers.Cells.GroupBy(cell => cell.Table))
            _tables[table.Key] = ([.. table.Select(cell => cell.Row).Distinct()], [.. table.Select(cell => cell.Column).Distinct()]);
        foreach (var table in (claims["unprinted"] as JObject ?? []).Properties().Where(table => table.Value is JObject))
            if (!_tables.TryAdd(table.Name, ([.. Texts(table.Value["rows"])], [.. Texts(table.Value["columns"])])))
                faults.Add(table.Value, "The paper prints that table. Expected one that it does not.");
    }

    /// <summary>Addresses, groups and tables exist, ids are unique, claims have quotes and predicates name claims.</summary>
    public static void Check(JObject claims, PaperNumbers numbers, Faults faults)
    {
        var checks = new ClaimsChecks(claims, numbers, faults);
        checks.CheckGroups(claims["groups"] as JObject ?? []);
        foreach (var size in (claims["testItems"] as JObject ?? []).Properties()) checks.CheckPattern(size);
        checks.CheckIds(claims);
        foreach (var predicate in ClaimsShorthand.Predicates(claims)) checks.CheckQuantities(predicate);
        foreach (var claim in ClaimsShorthand.Statements(claims)) checks.CheckTables(claim);
    }

    private void CheckGroups(JObject groups)
    {
        foreach (var row in groups.Properties().SelectMany(group => group.Value as JArray ?? []).Where(row => row.Type == JTokenType.String))
        {
            if (((string)row!).Split('/') is not [var table, var name]) _faults.Add(row, "Expected table/row.");
            else if (Missing(table, name, null) is { } missing) _faults.Add(row, missing);
        }
    }

    private void CheckPattern(JProperty size)
    {
        if (size.Name.Split('/') is not [var table, var row, var column])
            _faults.Add($"{Origin.Of(size.Value)} is no cell pattern. Expected table/row/column, with * for any.");
        else if (Missing(table, row == "*" ? null : row, column == "*" ? null : column) is { } missing) _faults.Add($"{Origin.Of(size.Value)}: {missing}");
    }

    private void CheckIds(JObject claims)
    {
        foreach (var same in TableChecks.Ids(new JArray(ClaimsShorthand.Statements(claims))).GroupBy(id => (string)id!))
            foreach (var again in same.Skip(1)) _faults.Add(again, $"{Origin.Of(same.First()).Path} is the same. Expected ids that differ.");

        var known = TableChecks.Ids(claims["claims"]).Select(id => (string)id!).ToArray();
        foreach (var claim in (claims["claims"] as JArray ?? []).OfType<JObject>())
        {
            if (claim["quote"] is null) _faults.Add($"{Origin.Of(claim).Field("quote")} is missing. Expected the paper's words.");
            if (claim["mapsTo"] is { } mapsTo) _faults.Add(mapsTo, "Only a predicate of ours names the claims it tests.");
        }

        foreach (var predicate in (claims["predicates"] as JArray ?? []).OfType<JObject>())
        {
            if (predicate["mapsTo"] is not JArray { Count: > 0 } named) _faults.Add($"{Origin.Of(predicate).Field("mapsTo")} is missing. Expected the claims it tests.");
            else
                foreach (var id in named.Where(id => id.Type == JTokenType.String && !known.Contains((string)id!)))
                    _faults.Add(id, $"{SettingsReader.Known("claim", known)}{NearMiss.Suggestion((string)id!, known)}");
        }
    }

    private void CheckTables(JObject claim)
    {
        if (claim["tables"] is not JArray tables) return;
        var predicates = (claim["parts"] as JArray ?? []).OfType<JObject>().Select(part => part["predicate"]).OfType<JObject>().ToArray();
        var spoken = predicates.SelectMany(Bound).SelectMany(address => TablesOf(address.Bound)).Distinct().Order(StringComparer.Ordinal).ToArray();
        foreach (var table in tables.Where(table => table.Type == JTokenType.String && !spoken.Contains((string)table!)))
            _faults.Add(table, $"The claim speaks of no cell there. {SettingsReader.Known("table", spoken)}");

        // A table is a promise that runs can decide, and these kinds are about what is printed.
        var printed = predicates.Select(predicate => predicate["kind"]).FirstOrDefault(kind => (kind as JValue)?.Value is "equal" or "untestable");
        if (tables.Count > 0 && printed is not null)
            _faults.Add(printed, "It is about what the paper prints. Expected no tables, and notOnRuns with the reason.");
    }

    private void CheckQuantities(JObject predicate)
    {
        foreach (var address in Bound(predicate).GroupBy(address => Origin.Of(address.At)))   // a fault is told once, not once a case
            if (address.Select(one => Fault(one.Bound)).FirstOrDefault(fault => fault is not null) is { } first) _faults.Add(address.First().At, first);
    }

    /// <summary>Every address of a predicate in every case, with the token it was made from.</summary>
    private static IEnumerable<(JToken At, string Bound)> Bound(JObject predicate) =>
        from binding in Binding.Empty.With(Lists(predicate["for"]))
        from point in binding.With(Lists(predicate["along"]))
        from quantity in predicate.Descendants().OfType<JObject>()
        let at = quantity["at"]
        where at?.Type == JTokenType.String
        select (at, point.Apply((string)at!));

    private IEnumerable<string> TablesOf(string bound) => bound.Split('/') switch
    {
        [var table, _, _] => [table],
        [var group, _] when _groups.TryGetValue(group, out var rows) => rows.Select(row => row.Split('/')[0]),
        _ => [],
    };

    private string? Fault(string bound)
    {
        if (Variable().Match(bound) is { Success: true } unbound) return $"{unbound.Value} is no variable of the predicate's for or along.";
        return bound.Split('/') switch
        {
            [var table, var row, var column] => Missing(table, row, column),
            [var group, _] when !_groups.ContainsKey(group) =>
                $"There is no group {group}. {SettingsReader.Known("group", _groups.Keys)}{NearMiss.Suggestion(group, _groups.Keys)}",
            [var group, var column] => TablesOf(bound).Where(_tables.ContainsKey).Select(table => Missing(table, null, column)).FirstOrDefault(fault => fault is not null),
            _ => "Expected a cell (table/row/column) or a group (group/column).",
        };
    }

    private string? Missing(string table, string? row, string? column)
    {
        if (!_tables.TryGetValue(table, out var known)) return $"There is no table {table}. {SettingsReader.Known("table", _tables.Keys)}";
        if (row is not null && !known.Rows.Contains(row))
            return $"{table} has no row {row}. {SettingsReader.Known("row", known.Rows)}{NearMiss.Suggestion(row, known.Rows)}";
        return column is null || known.Columns.Contains(column)
            ? null
            : $"{table} has no column {column}. {SettingsReader.Known("column", known.Columns)}{NearMiss.Suggestion(column, known.Columns)}";
    }

    private static Dictionary<string, IReadOnlyList<string>> Lists(JToken? lists) =>
        (lists as JObject ?? []).Properties().ToDictionary(list => list.Name, list => (IReadOnlyList<string>)[.. Texts(list.Value)]);

    private static IEnumerable<string> Texts(JToken? list) => (list as JArray ?? []).Where(item => item.Type == JTokenType.String).Select(item => (string)item!);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Variable();
}
