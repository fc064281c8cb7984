using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Commands;

/// <summary>One cell measured again, alone, and held against its stored runs. Device, threads, precision and split are those of the results; it writes none.</summary>
internal sealed class RedoCommand(string address, string tier, int seeds, string progress, ProjectFolders folders, CancellationToken stop)
{
    public int Execute()
    {
        var (table, cell) = CellSearch.Find(TableResults.ReadTier(folders.Results, tier), address);
        var stored = table.RunsOf(cell.Cell);
        if (stored.Count == 0) throw new ReproException($"{cell.Cell} has no run to hold another against: {cell.Verdict}, {cell.Reason}.");
        if (stored.Count < seeds) throw new ReproException($"--seeds is {seeds}, but {cell.Cell} was measured over {stored.Count}. Ask for fewer.");

        var (evidence, measured) = (CellEvidence.Of(table, cell), DeterminismClass.Of(table.Manifest));
        var experiment = new ExperimentFiles(folders.Experiments).Load(cell.Table, cell.Tier, PrecisionOf(measured));
        var pipeline = new ReproductionPipeline(
            experiment, folders.OpenData(), measured.Device, measured.Threads, evidence.Settings.GetValueOrDefault("split", "test"));
        var again = stored.Take(seeds).Select(run => (Run: run, Planned: Planned(experiment, run))).Select(one => (one.Run, one.Planned, Ends: pipeline.EndsOf(one.Planned))).ToArray();
        var device = RunCommand.StartTorch(measured.Device, measured.Threads);
        var here = measured with { Processor = RunEnvironment.Read(measured.Threads, measured.Device, new Dictionary<string, string>()).Cpu };
        Console.WriteLine($"{cell.Cell}, tier {tier}: {seeds} of {stored.Count} seeds, stored on [{measured}], again on [{here}]");

        var outputs = ConsoleProgress.Show([.. again.SelectMany(one => one.Ends).SelectMany(end => end.Chain).DistinctBy(stage => stage.Key.Hash)], progress, shown =>
        {
            var runner = new StageRunner(folders.OpenStages(), device, shown, RunCommand.CheckpointInterval, stop);
            return again.Select(one => (one.Run, one.Planned, Ends: one.Ends.Select(runner.Obtain).ToArray())).ToArray();
        });
        var equal = outputs.Count(one => Compare(one.Run, one.Planned, one.Ends, cell));
        Console.WriteLine($"{equal} of {outputs.Length} equal to the last digit.");
        if (equal == outputs.Length) return ExitCodes.Success;
        if (here == measured)
        {
            Console.WriteLine("The same bits are promised here: the results are of other code, settings or data, or something broke. Verify says which cells moved.");
            return ExitCodes.RegressionOrContradiction;
        }

        Console.WriteLine("The same bits are not promised on another processor. Run the whole table and let Verify hold it against the approved tolerances.");
        return ExitCodes.Inconclusive;
    }

    private static bool Compare(RunRow run, PlannedRun planned, StageOutput[] ends, CellRow cell)
    {
        var (value, output) = (RunCommand.ValueOf(planned, ends), ends[0]);
        var other = output.Stage.Key.Hash == run.StageKey ? "" : $"; other settings, data or stage versions: stage {output.Stage.Key.Short}, stored {run.StageKey[..Math.Min(12, run.StageKey.Length)]}";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {run.Seed}: stored {run.Value:R}, again {value:R} {cell.Unit}{(value == run.Value ? "" : "  DIFFERS")}{other}"));
        return value == run.Value;
    }

    private static PlannedRun Planned(TableExperiment experiment, RunRow run) =>
        experiment.Runs([run.Seed], [Enum.Parse<Initialisation>(run.Init)])
            .FirstOrDefault(planned => planned.Row.Id == run.Row && planned.Column.Id == run.Column && planned.Init.ToString() == run.Init && planned.UnavailableReason is null)
        ?? throw new ReproException($"experiments/{experiment.Id}.json has no run of {run.Cell} with init {run.Init} in tier {experiment.Tier.Name}: the results are of another version. Run the table again (./build.sh --target={experiment.Id} --tier={experiment.Tier.Name}).");

    /// <summary>Null where teacher and student differ, as only the experiment's own file can say.</summary>
    private static Precision? PrecisionOf(DeterminismClass measured) => Enum.TryParse<Precision>(measured.Precision, out var one) ? one : null;
}
