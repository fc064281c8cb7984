using Cmcd.Repro.Results;

namespace Cmcd.Repro.Tests.Results;

/// <summary>A small table's result files, true to the format: given runs by cell, writes all four kinds of files so that they bear each other out.</summary>
internal static class ResultFolder
{
    /// <summary>One class in two; 200 items.</summary>
    public const int Items = 200;

    /// <summary>Writes results/&lt;tier&gt;/&lt;table&gt;.</summary>
    /// <param name="results">The results folder.</param>
    /// <param name="cells">Row id with protocol ("CMC+LE"), column, and percent by seed (each a multiple of 0.5).</param>
    /// <returns>The table's folder.</returns>
    public static string Write(string results, params (string Row, string Column, double[] Values)[] cells) => Write(results, "mini", "Table1", cells);

    /// <inheritdoc cref="Write(string, ValueTuple{string, string, double[]}[])"/>
    public static string Write(string results, string tier, string table, params (string Row, string Column, double[] Values)[] cells)
    {
        var folder = Path.Combine(results, tier, table);
        Directory.CreateDirectory(folder);
        var runs = new RunsCsv(Path.Combine(folder, "runs.csv"));
        var rows = new List<CellRow>();
        var stages = new List<ManifestStage>();
        var labels = Enumerable.Range(0, Items).Select(item => item % 2).ToArray();
        var answers = new Dictionary<string, Dictionary<string, IReadOnlyList<int>>>();
        foreach (var (row, column, values) in cells)
        {
            var protocol = row.Split('+')[1];
            for (var seed = 0; seed < values.Length; seed++)
            {
                var key = $"{row}{column}{seed}".ToLowerInvariant();
                var right = (int)(values[seed] * Items / 100);
                answers.TryAdd(column, []);
                answers[column][key] = [.. labels.Select((label, item) => item < right ? label : 1 - label)];
                runs.Append(new(table, row, column, protocol, seed, values[seed], key, "parent", "cpu", 1.5, "Source"));
                stages.Add(new($"{protocol} of {row} on {column}, seed {seed}", "evaluate", 1, key, ["parent"], "new", 1.5, [1, 0.5], new Dictionary<string, string>()));
            }

            var spread = values.Length == 0 ? null : Cells.Fold(values);
            rows.Add(new(
                table, row, column, protocol, "top1", "percent", tier, values.Length, spread?.Mean, spread?.Std, spread?.Low, spread?.High, 50, null,
                Verdict.NOT_TESTED, "stand-in"));
        }

        CellsCsv.Write(Path.Combine(folder, "cells.csv"), rows);
        foreach (var (column, predicted) in answers) new PredictionTable(labels, predicted).Write(Path.Combine(folder, PredictionTable.FileOf(column)));
        new Manifest(
            table, tier, RunEnvironment.Read(1, "cpu", new Dictionary<string, string>()), new { }, ["Source"], new Dictionary<string, string> { ["data"] = "d1" }, stages,
            runs.Rows.Count, 3).Write(Path.Combine(folder, "manifest.json"));
        return folder;
    }
}
