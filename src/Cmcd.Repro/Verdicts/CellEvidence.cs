using System.Globalization;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>Everything that made one cell's number.</summary>
/// <param name="Cell">Its row of cells.csv.</param>
/// <param name="Runs">Its runs by seed; none where it was not measured.</param>
/// <param name="Settings">Path → value of every setting that it stands on: the two networks, its steps, the split.</param>
/// <param name="Manifest">The table's manifest: environment and data.</param>
public sealed record CellEvidence(CellRow Cell, IReadOnlyList<RunEvidence> Runs, IReadOnlyDictionary<string, string> Settings, Manifest Manifest)
{
    /// <summary>The stages of all runs, each once, parents before children.</summary>
    public IReadOnlyList<ManifestStage> Stages => [.. Runs.SelectMany(run => run.Chain).DistinctBy(stage => stage.Key)];

    /// <summary>Collects the evidence of one cell.</summary>
    /// <param name="results">The table.</param>
    /// <param name="cell">One of its cells.</param>
    /// <exception cref="ReproException">A stage's parent is not in the manifest.</exception>
    public static CellEvidence Of(TableResults results, CellRow cell)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(cell);
        var stages = results.Manifest.Stages.ToDictionary(stage => stage.Key);
        var runs = results.RunsOf(cell.Cell).Select(run => new RunEvidence(
            run, Counted(results, run), [.. run.Stages.SelectMany(key => Chain(key, run.Cell.ToString())).DistinctBy(stage => stage.Key)]));
        return new(cell, [.. runs], SettingPaths.Of(results.Manifest, cell.Cell), results.Manifest);

        IEnumerable<ManifestStage> Chain(string key, string child) => stages.TryGetValue(key, out var stage)
            ? stage.Parents.SelectMany(parent => Chain(parent, stage.Stage)).Append(stage)
            : throw new ReproException($"{results.Folder}/manifest.json: {child} reads stage {key}, which is not listed. Restore the file from version control, or run the table again.");
    }

    private static string Counted(TableResults results, RunRow run) => results.AnswersOf(run) is { } answers
        ? string.Join(", less ", run.Stages.Select(answers.Counted))
        : "estimated from the features that its stage keeps";

    /// <summary>The command that measures one cell again and holds it against its stored runs.</summary>
    /// <param name="cell">A measured cell.</param>
    /// <param name="tier">The folder of its tier under results/.</param>
    /// <param name="seeds">How many of its seeds.</param>
    public static string RedoOf(CellId cell, string tier, int seeds)
    {
        var address = $"{cell.Table}/{cell.Row}/{cell.Column}";
        return string.Create(CultureInfo.InvariantCulture, $"./build.sh --target=Redo --cell={(address.Contains(' ', StringComparison.Ordinal) ? $"\"{address}\"" : address)} --tier={tier} --seeds={seeds}");
    }

    /// <summary>The commands that make its whole table again from a clone of the project; finished stages come from the cache.</summary>
    public IReadOnlyList<string> Redo()
    {
        var commit = Manifest.Environment.Code.Split('+') is [_, var noted] ? noted : null;
        var precision = Settings.GetValueOrDefault("student.precision") is { } own && own == Settings.GetValueOrDefault("teacher.precision") ? own.ToLowerInvariant() : null;
        var seeds = Runs.Count == 0 ? 1 : Runs.Count;
        var words = new List<string>
        {
            "./build.sh", $"--target={Cell.Table}", $"--tier={Manifest.Tier}", $"--seeds={seeds.ToString(CultureInfo.InvariantCulture)}",
            $"--init={(Manifest.Inits.Count > 1 ? "both" : Manifest.Inits[0].ToLowerInvariant())}", $"--device={Manifest.Environment.Device}",
            $"--threads={Manifest.Environment.Threads.ToString(CultureInfo.InvariantCulture)}",
        };
        if (precision is not null) words.Add($"--precision={precision}");
        if (Settings.GetValueOrDefault("split", "test") is not "test" and var split) words.Add($"--split={split}");
        return [.. commit is null ? [] : new[] { $"git checkout {commit}" }, string.Join(' ', words)];
    }
}
