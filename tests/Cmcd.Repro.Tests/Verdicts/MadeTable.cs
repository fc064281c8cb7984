using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

/// <summary>A table of the paper tier in memory: cells of one column with given accuracies by seed, on 1,000 items.</summary>
internal static class MadeTable
{
    public const int Items = 1000;

    /// <summary>The role behind every cell.</summary>
    public static string TestSet(CellRow cell) => "sketchy-eval";

    /// <summary>Gaps of 0.3 and 0.4 points: 0.5 together.</summary>
    public static TierParity Parity { get; } = new(new Dictionary<string, int> { ["sketchy-eval"] = Items }, [new("decoder", 0.3, "made up"), new("resize", 0.4, "made up")]);

    /// <summary>Seeds answer different items rightly, unless <paramref name="alike"/>.</summary>
    public static TableResults Of(IReadOnlyList<(string Row, double? Printed, double[] Values)> rows, bool alike = false)
    {
        var (cells, runs, stages, answers) = (new List<CellRow>(), new List<RunRow>(), new List<ManifestStage>(), new Dictionary<string, IReadOnlyList<int>>());
        stages.Add(Stage("teacher", [], 3600));
        foreach (var (row, printed, values) in rows)
        {
            for (var seed = 0; seed < values.Length; seed++)
            {
                var (key, right, from) = ($"{row}-{seed}", (int)Math.Round(values[seed] * Items / 100), alike ? 0 : 17 * seed);
                answers[key] = [.. Enumerable.Range(0, Items).Select(item => (item + from) % Items < right ? 0 : 1)];
                stages.Add(Stage($"{key}-distill", ["teacher"], 1800));
                stages.Add(Stage(key, [$"{key}-distill", "teacher"], 1800));
                runs.Add(new("Table1", row, "Sketchy", "LE", seed, values[seed], key, $"{key}-distill teacher", "cpu", 1800, "Source"));
            }

            var spread = values.Length == 0 ? null : Cells.Fold(values);
            cells.Add(new(
                "Table1", row, "Sketchy", "LE", "top1", "percent", "paper", values.Length, spread?.Mean, spread?.Std, spread?.Low, spread?.High, printed, null,
                spread is null ? Verdict.UNAVAILABLE : Verdict.NOT_TESTED, spread is null ? "Sketchy cannot be read" : CellVerdicts.Unjudged));
        }

        var manifest = new Manifest(
            "Table1", "paper", new("", "", "", "", 1, 1, "cpu", new Dictionary<string, string>()), new { }, ["Source"], new Dictionary<string, string>(), stages, runs.Count, 0);
        return new("", cells, runs, manifest, new Dictionary<string, PredictionTable> { ["Sketchy"] = new(new int[Items], answers) });
    }

    private static ManifestStage Stage(string key, string[] parents, double seconds) =>
        new(key, "stage", 1, key, parents, "new", seconds, [], new Dictionary<string, string>());
}
