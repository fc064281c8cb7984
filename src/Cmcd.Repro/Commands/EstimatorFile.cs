using System.Globalization;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Commands;

/// <summary>Every estimate of total variation beside the one that a table's row gives: never one number alone.</summary>
internal static class EstimatorFile
{
    /// <summary>The file, in the table's folder.</summary>
    public const string Name = "estimators.csv";

    /// <summary>One line a column, seed and estimate; no file where nothing of the kind was measured.</summary>
    /// <returns>The lines, by column, then seed, then name.</returns>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public static IReadOnlyList<(string Column, long Seed, string Estimator, double Value)> Write(string folder, IReadOnlyList<RunRow> runs, IReadOnlyCollection<StageOutput> outputs)
    {
        var measures = outputs.Where(output => output.Stage.Key.Stage == TotalVariationMeasure.Kind).ToDictionary(output => output.Stage.Key.Hash);
        (string Column, long Seed, string Estimator, double Value)[] lines = [.. from run in runs
                                                                               where measures.ContainsKey(run.StageKey)
                                                                               from metric in measures[run.StageKey].Record.Metrics
                                                                               where metric.Value is double
                                                                               select (run.Column, run.Seed, metric.Key, (double)metric.Value)];
        if (lines.Length > 0)
            ResultFile.Replace(Path.Combine(folder, Name), CsvText.Of([["column", "seed", "estimator", "value"], .. lines.Select(line => (string[])[line.Column, Text($"{line.Seed}"), line.Estimator, Text($"{line.Value:R}")])]));
        return lines;
    }

    /// <summary>Means over seeds, a line an estimate, each with its references; those of the teacher on both sides (null) stand in the file alone.</summary>
    public static void Print(IReadOnlyList<(string Column, long Seed, string Estimator, double Value)> lines)
    {
        string[] columns = [.. lines.Select(line => line.Column).Distinct()];
        var means = lines.GroupBy(line => (line.Estimator, line.Column)).ToDictionary(group => group.Key, group => group.Average(line => line.Value));
        string[] names = [.. lines.Select(line => line.Estimator).Distinct().Where(name => !name.StartsWith("null.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Console.WriteLine($"All estimates, mean over seeds ({string.Join("; ", columns)}):");
        foreach (var name in names.Where(name => !names.Any(other => name.StartsWith(other + ".", StringComparison.Ordinal))))
            Console.WriteLine($"  {name,-26} {string.Join("; ", columns.Select(column => Values(name, column)))}");

        string Values(string name, string column)
        {
            var references = names.Where(other => other.StartsWith(name + ".", StringComparison.Ordinal) && means.ContainsKey((other, column))).Select(other => Text($"{other[(name.Length + 1)..]} {means[(other, column)]:0.####}"));
            return !means.TryGetValue((name, column), out var mean) ? "none" : Text($"{mean:0.####}") + (references.Any() ? $" ({string.Join(", ", references)})" : "");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
