using System.Globalization;
using System.Text.RegularExpressions;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>Every protocol sentinel must be in the manifest of every stage behind a number, and agree with the results beside it.</summary>
/// <remarks>
/// A sentinel that sees its rule broken stops the run; this audit sees the sentinel missing. Weights unmoved in LE, BatchNorm statistics unmoved and no
/// gradients are one fact, <c>frozen-encoder</c>: the hash covers weights and statistics, and is only written when all three held; the teacher's likewise.
/// Two facts are crossed over stages: what loads one parent has one hash, and no hash belongs to two parents.
/// </remarks>
public static partial class SentinelAudit
{
    private const string LastEpoch = "last epoch; the test set is read once, after the last update";

    /// <summary>Every missing or contradicted sentinel; none means that the protocol is on record for each number.</summary>
    public static IReadOnlyList<RegressionFinding> Of(TableResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return [.. Faults(results).Distinct().Select(fault => new RegressionFinding(FindingKind.PROTOCOL, fault))];
    }

    private static IEnumerable<string> Faults(TableResults results)
    {
        var stages = results.Manifest.Stages.DistinctBy(stage => stage.Key).ToDictionary(stage => stage.Key, StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in results.Runs.Where(run => stages.ContainsKey(run.StageKey)))
        {
            foreach (var key in run.Stages.Where(stages.ContainsKey))
                foreach (var fault in RunFaults(results, run, stages[key])) yield return fault;
            foreach (var fault in ValueFaults(results, run, [.. run.Stages.Where(stages.ContainsKey).Select(key => stages[key])])) yield return fault;
            var open = new Stack<string>(run.Stages);
            while (open.TryPop(out var key))
            {
                if (!used.Add(key)) continue;
                if (!stages.TryGetValue(key, out var stage)) yield return $"{run.Cell}, seed {run.Seed}: parent stage {key} is not in manifest.json";
                else foreach (var parent in stage.Parents) open.Push(parent);
            }
        }

        var chain = used.Where(stages.ContainsKey).Select(key => stages[key]).ToArray();
        foreach (var stage in chain)
        {
            if (IsOfGap(stage)) continue;
            if (stage.Parents.Count > 0 && !StrictLoad().IsMatch(Fact(stage, "strict-load"))) yield return Missing(stage, "strict-load");
            if (stage.Kind == "distill" && !Hash().IsMatch(Fact(stage, "frozen-teacher"))) yield return Missing(stage, "frozen-teacher");
        }

        foreach (var fault in CrossedHashes(chain)) yield return fault;
        foreach (var fault in ReusedSeeds(results)) yield return fault;
    }

    private static IEnumerable<string> RunFaults(TableResults results, RunRow run, ManifestStage stage)
    {
        if (IsOfGap(stage)) yield break;

        var metric = MetricOf(results, run);
        if (metric.StartsWith(TableResults.Measured, StringComparison.Ordinal))
        {
            foreach (var side in (string[])["frozen-teacher", "frozen-target-encoder"])
                if (!Hash().IsMatch(Fact(stage, side))) yield return Missing(stage, side);
            yield break;
        }

        var kind = metric == ConfusionTable.MetricName ? "segment" : "evaluate";
        var trained = stage.Kind != "chance";   // the chance level comes from no network
        if (trained && stage.Kind != kind) yield return $"{run.Cell}, seed {run.Seed}: its stage is of kind {stage.Kind}, expected {kind}";
        if (trained && run.Protocol == "LE" && !Hash().IsMatch(Fact(stage, "frozen-encoder"))) yield return Missing(stage, "frozen-encoder");
        if (trained && Fact(stage, "selection") != LastEpoch) yield return Missing(stage, "selection");
        var disjoint = Disjoint().Match(Fact(stage, "disjoint"));
        var items = (results.AnswersOf(run)?.Items ?? 0).ToString(CultureInfo.InvariantCulture);
        if (!disjoint.Success) yield return Missing(stage, "disjoint");
        else if (disjoint.Groups["test"].Value != items) yield return $"{stage.Stage}: sentinel disjoint checked {disjoint.Groups["test"].Value} test items, {items} were answered";
    }

    /// <summary>What the stages recorded is the run's value: one number, or the difference of two.</summary>
    private static IEnumerable<string> ValueFaults(TableResults results, RunRow run, IReadOnlyList<ManifestStage> stages)
    {
        var metric = MetricOf(results, run);
        string[] recorded = [.. stages.Select(stage => Recorded(stage, metric) ?? "")];
        double[] numbers = [.. recorded.Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];
        var value = numbers.Length == 2 ? numbers[0] - numbers[1] : numbers[0];
        if (!(Math.Abs(value - run.Value) <= 1e-9))
            yield return $"{run.Cell}, seed {run.Seed}: runs.csv says {run.Value.ToString("R", CultureInfo.InvariantCulture)}, its {(numbers.Length == 2 ? "stages" : "stage")} recorded {metric} \"{string.Join("\" and \"", recorded)}\"";
    }

    /// <summary>A stage of its own records a total variation without the prefix that cells give it.</summary>
    private static string? Recorded(ManifestStage stage, string metric) =>
        stage.Sentinels.GetValueOrDefault(metric)
        ?? (metric.StartsWith(TableResults.Measured, StringComparison.Ordinal) ? stage.Sentinels.GetValueOrDefault(metric[TableResults.Measured.Length..]) : null);

    /// <summary>The metric of the run's cell; of a difference, that of its two sides.</summary>
    private static string MetricOf(TableResults results, RunRow run)
    {
        var metric = results.Cells.FirstOrDefault(cell => cell.Cell == run.Cell)?.Metric ?? "";
        return run.Over is not null && metric.EndsWith(TableResults.Gain, StringComparison.Ordinal) ? metric[..^TableResults.Gain.Length] : metric;
    }

    /// <summary>What a stage held frozen is its parent's network: one parent, one hash.</summary>
    private static IEnumerable<string> CrossedHashes(ManifestStage[] chain)
    {
        var frozen = (from stage in chain
                      where stage.Parents.Count > 0
                      from fact in new[] { "frozen-encoder", "frozen-teacher" }
                      where Fact(stage, fact).Length > 0
                      select (Stage: stage, Parent: stage.Parents[0], Hash: Fact(stage, fact))).ToArray();
        foreach (var parent in frozen.GroupBy(load => load.Parent).Where(loads => loads.Select(load => load.Hash).Distinct().Count() > 1))
            yield return $"{parent.First().Stage.Stage} and {parent.First(load => load.Hash != parent.First().Hash).Stage.Stage} load one parent, yet held different weights frozen";
        foreach (var hash in frozen.GroupBy(load => load.Hash).Where(loads => loads.Select(load => load.Parent).Distinct().Count() > 1))
            yield return $"{hash.First().Stage.Stage} and {hash.First(load => load.Parent != hash.First().Parent).Stage.Stage} name different parents, yet held the same weights frozen: one run stands for two";
    }

    private static IEnumerable<string> ReusedSeeds(TableResults results)
    {
        foreach (var cell in results.Runs.GroupBy(run => (run.Cell, run.Init)))
        {
            var runs = cell.OrderBy(run => run.Seed).ToArray();
            for (var later = 1; later < runs.Length; later++)
                for (var earlier = 0; earlier < later; earlier++)
                {
                    if (runs[later].StageKey == runs[earlier].StageKey) yield return $"{cell.Key.Cell}: seeds {runs[earlier].Seed} and {runs[later].Seed} are one run: both have stage {runs[later].StageKey}";
                    else if (SameAnswers(results, runs[earlier], runs[later])) yield return $"{cell.Key.Cell}: seeds {runs[earlier].Seed} and {runs[later].Seed} answer every item alike: one run stands for two";
                }
        }
    }

    // Networks that always answer one class, or that are always right, may agree honestly.
    private static bool SameAnswers(TableResults results, RunRow first, RunRow second) =>
        results.AnswersOf(first) is { } answers && answers.Has(second.StageKey) && answers.Changed(first.StageKey, answers, second.StageKey) == 0 && answers.IsTelling(first.StageKey);

    // Its worlds are drawn, not read, and its networks are copies of each other: those rules have nothing to hold there. A run's value and seed are held all the same.
    private static bool IsOfGap(ManifestStage stage) => stage.Kind.StartsWith("gap-", StringComparison.Ordinal);

    private static string Fact(ManifestStage stage, string rule) => stage.Sentinels.GetValueOrDefault($"sentinel.{rule}", "");

    private static string Missing(ManifestStage stage, string rule) =>
        $"{stage.Stage}: sentinel {rule} is {(Fact(stage, rule) is { Length: > 0 } found ? $"\"{found}\", which is not what a kept rule writes" : "missing")}: nothing shows that the rule was kept";

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();

    [GeneratedRegex("^[1-9][0-9]* train and (?<test>[1-9][0-9]*) test items share no content$")]
    private static partial Regex Disjoint();

    [GeneratedRegex("^[1-9][0-9]* tensors by key, type and shape, none missing, none left over$")]
    private static partial Regex StrictLoad();
}
