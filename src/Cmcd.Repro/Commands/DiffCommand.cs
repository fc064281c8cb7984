using System.Globalization;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Commands;

/// <summary>Two results side by side: what was done differently, then which cells moved and whether chance explains it.</summary>
internal static class DiffCommand
{
    public static int Execute(string first, string second)
    {
        var (ours, theirs) = (Read(first), Read(second));
        var difference = ResultsDifference.Between(ours, theirs);
        Line($"first:  {first} ({Shown(ours)})");
        Line($"second: {second} ({Shown(theirs)})");
        PrintConditions(difference.Conditions);
        PrintOneSided(difference.OneSided);
        PrintShifts(difference.Shifts);
        return difference.Moved ? ExitCodes.RegressionOrContradiction : difference.Undecided ? ExitCodes.Inconclusive : ExitCodes.Success;
    }

    /// <summary>A table's folder (it has a manifest.json) or a tier's folder (tables stand in it).</summary>
    private static IReadOnlyList<TableResults> Read(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(Path.Combine(full, "manifest.json"))) return [TableResults.Read(full)];
        if (!Directory.Exists(full) || !Directory.EnumerateDirectories(full).Any(table => File.Exists(Path.Combine(table, "manifest.json"))))
            throw new ReproException($"{folder} is no results folder: expected a table's (results/mini/Table1, with manifest.json) or a tier's (results/mini) whose table has been run to its end.");
        return TableResults.ReadTier(Path.GetDirectoryName(full)!, Path.GetFileName(full));
    }

    private static string Shown(IReadOnlyList<TableResults> tables) =>
        $"tier {tables[0].Tier}: {string.Join(", ", tables.Select(table => $"{table.Table} with {table.Runs.Count} runs"))}";

    private static void PrintConditions(IReadOnlyList<ConditionDifference> conditions)
    {
        Line($"\nDone differently{(conditions.Count == 0 ? ": nothing (environment, runs, data, stage versions and settings are the same)" : "")}");
        foreach (var kind in conditions.GroupBy(condition => condition.Kind))
        {
            Line($"  {kind.Key}");
            foreach (var condition in kind) Line($"    {condition.Path}: {condition.First} | {condition.Second}");
        }
    }

    private static void PrintOneSided(IReadOnlyList<string> oneSided)
    {
        if (oneSided.Count > 0) Line($"\nOn one side only ({oneSided.Count})");
        foreach (var cell in oneSided) Line($"  {cell}");
    }

    private static void PrintShifts(IReadOnlyList<CellShift> shifts)
    {
        var same = shifts.Count(shift => shift.Same);
        Line($"\nCells: {shifts.Count} compared, {same} the same to every answer of their shared seeds, {shifts.Count(shift => shift.Moved)} moved beyond chance (5 % over all cells, Holm)");
        var width = shifts.Select(shift => shift.First.Cell.ToString().Length).DefaultIfEmpty().Max();
        foreach (var shift in shifts.Where(shift => !shift.Same).OrderBy(shift => shift.AdjustedP ?? 2).ThenByDescending(shift => Math.Abs(shift.Test.Difference)))
        {
            var interval = shift.Test.Low is { } low ? Text($" [{low:+0.00;-0.00;0.00}, {shift.Test.High:+0.00;-0.00;0.00}]") : "";
            var p = shift.Test.P is { } raw ? Text($", p {raw:G2}, adjusted {shift.AdjustedP:G2}") : "";
            var said = shift.Moved ? "MOVED" : shift.Undecided ? "UNDECIDED" : "within chance";
            Line($"  {shift.First.Cell.ToString().PadRight(width)}  {shift.First.Mean,6:F2} | {shift.Second.Mean,6:F2}  first - second {shift.Test.Difference:+0.00;-0.00;0.00}{interval}{p}; {said}: {shift.Test.Name}{Answers(shift)}");
            if (shift.First.Verdict != shift.Second.Verdict) Line($"    verdict {shift.First.Verdict} | {shift.Second.Verdict}");
        }

        var lone = shifts.Where(shift => shift.LoneSeeds.Count > 0).ToArray();
        if (lone.Length > 0) Line($"Of {lone.Length} cells, seeds {string.Join(", ", lone.SelectMany(shift => shift.LoneSeeds).Distinct().Order())} are on one side only: they are in its means, and nothing is there to compare them with.");
        if (shifts.Sum(shift => shift.SameKeyOtherAnswers) is > 0 and var runs)
            Line($"Of these, {runs} runs have the same stage key on both sides and other answers: not the same machine and build, or a step that is not deterministic.");
    }

    private static string Answers(CellShift shift) => shift.ChangedAnswers is { } changed ? Text($"; {changed:N0} answers differ") : "; other test items";

    private static void Line(FormattableString text) => Console.WriteLine(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
