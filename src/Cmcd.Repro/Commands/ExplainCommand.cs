using System.Globalization;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Commands;

/// <summary>What made one number: its runs, their stages, settings, data and machine, and how to make it again.</summary>
internal static class ExplainCommand
{
    public static int Execute(string cell, string tier, ProjectFolders folders)
    {
        var (table, row) = CellSearch.Find([.. TableResults.ReadTier(folders.Results, tier).Select(each => Staleness.Mark(each, ApprovedFiles.CurrentVersions))], cell);
        var evidence = CellEvidence.Of(table, row);
        Line($"{row.Cell}, tier {row.Tier}");
        Line($"  measured   {Measured(row)}");
        Line($"  printed    {(row.PaperValue is { } printed ? Text($"{printed:F2} {row.Unit}") : "nothing")}{(row.Delta is { } delta ? Text($", difference {delta:+0.00;-0.00}") : "")}");
        Line($"  verdict    {row.Verdict}: {row.Reason}");

        var stages = evidence.Stages;
        var numbers = stages.Select((stage, i) => (stage.Key, Number: i + 1)).ToDictionary(stage => stage.Key, stage => stage.Number);
        if (evidence.Runs.Count > 0) Line($"\nRuns (value recounted from the stored answers to every test item)");
        foreach (var (run, counted, chain) in evidence.Runs)
            Line($"  seed {run.Seed}, init {run.Init}, {run.Device}: {run.Value:F2} {row.Unit}, {counted}; stages {string.Join(" > ", chain.Select(stage => numbers[stage.Key]))}");

        if (stages.Count > 0) Line($"\nStages, parents first");
        foreach (var stage in stages) PrintStage(stage, numbers);

        Line($"\nSettings of {row.Row} (manifest.json)");
        foreach (var (path, value) in evidence.Settings) Line($"  {path} = {value}");
        Line($"\nData sets of {row.Table} by role, SHA-256 of the content");
        foreach (var (role, hash) in evidence.Manifest.Datasets) Line($"  {role}  {hash}");
        var environment = evidence.Manifest.Environment;
        Line($"\nEnvironment");
        Line($"  program {environment.Code}, {environment.Runtime}, {string.Join(", ", environment.Packages.Select(package => $"{package.Key} {package.Value}"))}");
        Line($"  {environment.OperatingSystem}, {environment.Cpu}, {environment.Cores} cores, {environment.Threads} threads, {environment.Device}");
        if (evidence.Runs.Count > 0) Line($"\nMeasure this cell alone again, with this code\n  {CellEvidence.RedoOf(row.Cell, tier, evidence.Runs.Count)}");
        Line($"\nMake the whole table again, with the code that made it (finished stages come from the cache)");
        foreach (var command in evidence.Redo()) Line($"  {command}");
        return ExitCodes.Success;
    }

    private static void PrintStage(ManifestStage stage, Dictionary<string, int> numbers)
    {
        var parents = stage.Parents.Count == 0 ? "reads no stage" : $"reads {string.Join(", ", stage.Parents.Select(parent => numbers[parent]))}";
        Line($"  {numbers[stage.Key]}. {stage.Stage}: {stage.Kind} version {stage.Version}, {parents}, made in {stage.Seconds:F1} s, {stage.Reason}");
        Line($"     key {stage.Key}");
        if (stage.EpochLosses.Count > 0) Line($"     loss {stage.EpochLosses[0]:G4} in epoch 1, {stage.EpochLosses[^1]:G4} in epoch {stage.EpochLosses.Count}");
        foreach (var (name, fact) in stage.Sentinels.OrderBy(sentinel => sentinel.Key, StringComparer.Ordinal))
            Line($"     {(name.StartsWith("sentinel.", StringComparison.Ordinal) ? $"kept: {name["sentinel.".Length..]}" : $"measured: {name}")} = {fact}");
    }

    private static string Measured(CellRow row) => row.Mean is not { } mean ? "not measured"
        : Text($"{mean:F2} {row.Unit} ({row.Metric}), {row.Seeds} seed{(row.Seeds == 1 ? "" : "s")}")
            + (row.Std is { } std ? Text($", std {std:F2}, 95 % interval of the mean [{row.Ci95Low:F2}, {row.Ci95High:F2}]") : "; one seed has no interval");

    private static void Line(FormattableString text) => Console.WriteLine(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
