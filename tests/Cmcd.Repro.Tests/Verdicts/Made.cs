using Cmcd.Repro.Results;

namespace Cmcd.Repro.Tests.Verdicts;

/// <summary>Results in memory, with every answer chosen: item i is answered right where the text of a run has a 1.</summary>
internal static class Made
{
    public const int Items = 200;

    /// <summary>Right on the first items only.</summary>
    public static string First(int right) => new string('1', right).PadRight(Items, '0');

    /// <summary>One column's cells with their runs.</summary>
    public static TableResults Table(params (string Row, (long Seed, string Right)[] Runs)[] cells) => Table("", cells);

    /// <param name="key">Enters every stage key: results of another key are of another run.</param>
    /// <param name="cells">Row id with protocol, and its runs.</param>
    public static TableResults Table(string key, params (string Row, (long Seed, string Right)[] Runs)[] cells)
    {
        var (runs, stages, rows, answers) = (new List<RunRow>(), new List<ManifestStage>(), new List<CellRow>(), new Dictionary<string, IReadOnlyList<int>>());
        foreach (var (row, made) in cells)
        {
            var protocol = row.Split('+')[1];
            foreach (var (seed, right) in made)
            {
                var stage = $"{row}-{seed}{key}";
                answers[stage] = [.. right.Select((mark, item) => mark == '1' ? item % 2 : 1 - (item % 2))];
                runs.Add(new("Table1", row, "Sketchy", protocol, seed, 100.0 * right.Count(mark => mark == '1') / Items, stage, "teacher", "cpu", 1, "Source"));
                stages.Add(new($"{row}, seed {seed}", "evaluate", 1, stage, ["teacher"], "new", 1, [1, 0.5], new Dictionary<string, string> { ["sentinel.disjoint"] = "yes" }));
            }

            var spread = made.Length == 0 ? null : Cells.Fold(runs.Where(run => run.Row == row).Select(run => run.Value));
            rows.Add(new("Table1", row, "Sketchy", protocol, "top1", "percent", "mini", made.Length, spread?.Mean, spread?.Std, spread?.Low, spread?.High, 50, null, Verdict.NOT_TESTED, "stand-in"));
        }

        stages.Add(new("pretrain teacher", "pretrain", 1, "teacher", [], "new", 10, [2, 1], new Dictionary<string, string> { ["updates"] = "5" }));
        var settings = new
        {
            Split = "test",
            Teacher = new { Precision = "Fp32" },
            Student = new { Precision = "Fp32" },
            Rows = cells.Select(cell => new { id = cell.Row, step3 = new { epochs = 100, milestones = new[] { 0.5, 0.75 } } }),
        };
        var serializer = Newtonsoft.Json.JsonSerializer.Create(new() { ContractResolver = new Newtonsoft.Json.Serialization.CamelCasePropertyNamesContractResolver() });
        return new("made/mini/Table1", rows, runs, new(
            "Table1", "mini", new("1.0+abc", ".NET", "Linux", "a processor", 2, 2, "cpu", new Dictionary<string, string>()), Newtonsoft.Json.Linq.JObject.FromObject(settings, serializer), ["Source"],
            new Dictionary<string, string> { ["pairs"] = "d1" }, stages, runs.Count, 1), new Dictionary<string, PredictionTable> { ["Sketchy"] = new([.. Enumerable.Range(0, Items).Select(item => item % 2)], answers) });
    }
}
