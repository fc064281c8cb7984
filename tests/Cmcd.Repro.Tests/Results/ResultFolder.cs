using Cmcd.Repro.Metrics;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Tests.Results;

/// <summary>A small table's result files, true to the format: given runs by cell, writes all four kinds of files so that they bear each other out.</summary>
internal static class ResultFolder
{
    /// <summary>One class in two; 200 items.</summary>
    public const int Items = 200;

    /// <summary>The column of segmentation: 200 images of ten pixels; the percent given are of pixels, the value is the mean IoU that they make.</summary>
    public const string Segmented = "NYU-Depth V2";

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
        var images = new Dictionary<string, IReadOnlyList<IReadOnlyList<PixelCount>>>();
        foreach (var (row, column, percents) in cells)
        {
            var (protocol, segments, values) = (row.Split('+')[1], column == Segmented, percents.ToArray());
            for (var seed = 0; seed < values.Length; seed++)
            {
                var key = $"{row}{column}{seed}".ToLowerInvariant();
                if (segments)
                {
                    images[key] = [.. Enumerable.Range(0, Items).Select(item => Image((int)(values[seed] / 10) + (item < values[seed] * Items / 10 % Items ? 1 : 0)))];
                    values[seed] = MeanIoU.Percent([.. images[key].SelectMany(counts => counts)]);
                }
                else
                {
                    var right = (int)(values[seed] * Items / 100);
                    answers.TryAdd(column, []);
                    answers[column][key] = [.. labels.Select((label, item) => item < right ? label : 1 - label)];
                }

                runs.Append(new(table, row, column, protocol, seed, values[seed], key, "parent", "cpu", 1.5, "Source"));
                stages.Add(new($"{protocol} of {row} on {column}, seed {seed}", segments ? "segment" : "evaluate", 1, key, ["parent"], "new", 1.5, [1, 0.5], new Dictionary<string, string>()));
            }

            var spread = values.Length == 0 ? null : Cells.Fold(values);
            rows.Add(new(
                table, row, column, protocol, segments ? "miou" : "top1", "percent", tier, values.Length, spread?.Mean, spread?.Std, spread?.Low, spread?.High, 50, null,
                Verdict.NOT_TESTED, "stand-in"));
        }

        CellsCsv.Write(Path.Combine(folder, "cells.csv"), rows);
        foreach (var (column, predicted) in answers) new PredictionTable(labels, predicted).Write(Path.Combine(folder, PredictionTable.FileOf(column)));
        if (images.Count > 0) new ConfusionTable(images).Write(Path.Combine(folder, ConfusionTable.FileOf(Segmented)));
        new Manifest(
            table, tier, RunEnvironment.Read(1, "cpu", new Dictionary<string, string>()), new { Split = tier.Contains('-', StringComparison.Ordinal) ? tier.Split('-')[1] : "test" }, ["Source"], new Dictionary<string, string> { ["data"] = "d1" }, stages,
            runs.Rows.Count, 3).Write(Path.Combine(folder, "manifest.json"));
        return folder;
    }

    /// <summary>Six pixels of class 0 and four of class 1, so many of them right, those of class 0 first.</summary>
    private static PixelCount[] Image(int right) => [.. new PixelCount[]
    {
        new(0, 0, Math.Min(right, 6)), new(0, 1, 6 - Math.Min(right, 6)), new(1, 0, 4 - Math.Max(right - 6, 0)), new(1, 1, Math.Max(right - 6, 0)),
    }.Where(count => count.Pixels > 0)];
}
