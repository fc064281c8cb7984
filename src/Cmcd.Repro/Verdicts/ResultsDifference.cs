using System.Globalization;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Verdicts;

/// <summary>Two results of the same tables, compared: first what was done differently, then what came out differently.</summary>
/// <param name="Conditions">Environment, runs, data, stage versions and settings that differ; they explain the rest.</param>
/// <param name="OneSided">Cells that one side lacks or did not measure, each a clause for people.</param>
/// <param name="Shifts">Cells that both sides measured, in the first's order.</param>
public sealed record ResultsDifference(IReadOnlyList<ConditionDifference> Conditions, IReadOnlyList<string> OneSided, IReadOnlyList<CellShift> Shifts)
{
    private const string Absent = "absent";

    /// <summary>A cell moved beyond chance, changed its verdict, or stands on one side only.</summary>
    public bool Moved => OneSided.Count > 0 || Shifts.Any(shift => shift.Moved || shift.First.Verdict != shift.Second.Verdict);

    /// <summary>Some cell differs and cannot be tested.</summary>
    public bool Undecided => Shifts.Any(shift => shift.Undecided);

    /// <summary>Compares tables by name and cells by table, row, column, protocol, metric and unit.</summary>
    /// <param name="first">One table or more.</param>
    /// <param name="second">One table or more.</param>
    public static ResultsDifference Between(IReadOnlyList<TableResults> first, IReadOnlyList<TableResults> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var conditions = new List<ConditionDifference>();
        var oneSided = new List<string>();
        var shifts = new List<CellShift>();
        foreach (var name in first.Concat(second).Select(table => table.Table).Distinct())
        {
            var (ours, theirs) = (first.FirstOrDefault(table => table.Table == name), second.FirstOrDefault(table => table.Table == name));
            if (ours is null || theirs is null) oneSided.Add($"{name}: the whole table is only in the {(ours is null ? "second" : "first")}");
            else
            {
                conditions.AddRange(Circumstances(ours, theirs).Where(condition => !conditions.Contains(condition)));
                Compare(ours, theirs, oneSided, shifts);
            }
        }

        var adjusted = Holm.Adjust([.. shifts.Select(shift => shift.Test.P ?? 1)]);
        return new(conditions, oneSided, [.. shifts.Select((shift, i) => shift with { AdjustedP = shift.Test.P is null ? null : adjusted[i] })]);
    }

    private static void Compare(TableResults first, TableResults second, List<string> oneSided, List<CellShift> shifts)
    {
        var others = second.Cells.ToDictionary(cell => (cell.Cell, cell.Metric, cell.Unit));
        foreach (var cell in first.Cells)
        {
            if (!others.Remove((cell.Cell, cell.Metric, cell.Unit), out var other)) oneSided.Add($"{cell.Cell} ({cell.Metric}, {cell.Unit}): only in the first");
            else if (cell.Mean.HasValue != other.Mean.HasValue) oneSided.Add($"{cell.Cell}: {Measured(cell)} in the first, {Measured(other)} in the second");
            else if (cell.Mean.HasValue) shifts.Add(Shift(first, second, cell, other));
        }

        oneSided.AddRange(others.Values.Select(cell => $"{cell.Cell} ({cell.Metric}, {cell.Unit}): only in the second"));
    }

    private static string Measured(CellRow cell) => cell.Mean is { } mean
        ? string.Create(CultureInfo.InvariantCulture, $"{mean:F2} {cell.Unit} over {cell.Seeds} seeds")
        : $"{cell.Verdict} ({cell.Reason})";

    private static CellShift Shift(TableResults first, TableResults second, CellRow cell, CellRow other)
    {
        var (ours, theirs) = (first.AnswersOf(first.RunsOf(cell.Cell)[0]), second.AnswersOf(second.RunsOf(cell.Cell)[0]));
        var sameItems = ours is not null && theirs is not null && ours.SameItems(theirs);   // a total variation has no answers
        var (changed, sameKey) = (0, 0);
        foreach (var (mine, its) in first.RunsOf(cell.Cell).Join(second.RunsOf(cell.Cell), run => run.Seed, run => run.Seed, (mine, its) => (mine, its)))
        {
            var otherwise = sameItems ? ours!.Changed(mine.StageKey, theirs!, its.StageKey) : 0;
            changed += otherwise;
            if (mine.StageKey == its.StageKey && (otherwise > 0 || mine.Value != its.Value)) sameKey++;
        }

        long[] seeds = [.. first.RunsOf(cell.Cell).Select(run => run.Seed)], others = [.. second.RunsOf(cell.Cell).Select(run => run.Seed)];
        var shared = seeds.Intersect(others).Any();
        return new(cell, other, ShiftTest.Of(first, second, cell), null, sameItems && shared ? changed : null, sameKey, shared ? [.. seeds.Union(others).Except(seeds.Intersect(others)).Order()] : []);
    }

    private static IEnumerable<ConditionDifference> Circumstances(TableResults first, TableResults second) =>
    [
        .. Differences("environment", Environment(first.Manifest), Environment(second.Manifest)),
        .. Differences("runs", Runs(first), Runs(second)),
        .. Differences("data", first.Manifest.Datasets, second.Manifest.Datasets),
        .. Differences("stages", Versions(first.Manifest), Versions(second.Manifest)),
        .. Gathered(Differences("settings", SettingPaths.Of(first.Manifest), SettingPaths.Of(second.Manifest))),
    ];

    private static Dictionary<string, string> Environment(Manifest manifest)
    {
        var environment = manifest.Environment;
        var values = new Dictionary<string, string>
        {
            ["code"] = environment.Code,
            ["runtime"] = environment.Runtime,
            ["operating system"] = environment.OperatingSystem,
            ["cpu"] = environment.Cpu,
            ["cores"] = environment.Cores.ToString(CultureInfo.InvariantCulture),
            ["threads"] = environment.Threads.ToString(CultureInfo.InvariantCulture),
            ["device"] = environment.Device,
        };
        foreach (var (package, version) in environment.Packages) values[package] = version;
        return values;
    }

    private static Dictionary<string, string> Runs(TableResults results) => new()
    {
        ["tier"] = results.Tier,
        ["initialisations"] = string.Join(", ", results.Manifest.Inits),
        ["seeds"] = string.Join(", ", results.Runs.Select(run => run.Seed).Distinct().Order()),
        ["number"] = results.Manifest.Runs.ToString(CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, string> Versions(Manifest manifest) => manifest.Stages.GroupBy(stage => stage.Kind)
        .ToDictionary(kind => $"version of {kind.Key}", kind => string.Join(", ", kind.Select(stage => stage.Version).Distinct().Order()));

    private static IEnumerable<ConditionDifference> Differences(string kind, IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second) =>
        from path in first.Keys.Union(second.Keys)
        let values = (First: first.GetValueOrDefault(path, Absent), Second: second.GetValueOrDefault(path, Absent))
        where values.First != values.Second
        select new ConditionDifference(kind, path, values.First, values.Second);

    /// <summary>One setting that changed alike in many rows is told once: <c>rows[CMD+LE, CMC+LE].step3.epochs</c>.</summary>
    private static IEnumerable<ConditionDifference> Gathered(IEnumerable<ConditionDifference> settings) =>
        from setting in settings
        let close = setting.Path.StartsWith("rows[", StringComparison.Ordinal) ? setting.Path.IndexOf(']', StringComparison.Ordinal) : -1
        let row = close < 0 ? null : setting.Path["rows[".Length..close]
        group row by (Path: setting.Path[(close + 1)..], setting.First, setting.Second, OfRow: row is not null) into alike
        select new ConditionDifference("settings", alike.Key.OfRow ? $"rows[{string.Join(", ", alike)}]{alike.Key.Path}" : alike.Key.Path, alike.Key.First, alike.Key.Second);

}
