using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Results;
using Cmcd.Repro.Runtime;
using TorchSharp;

namespace Cmcd.Repro.Commands;

/// <summary>One table in one tier: validate everything, measure each run, write rows at once, fold them into cells.</summary>
internal sealed class RunCommand(RunOptions options, CancellationToken stop)
{
    // A resume point costs milliseconds here and saves minutes there.
    internal static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(10);

    public int Execute()
    {
        var experiment = new ExperimentFiles(options.Folders.Experiments).Load(options.Table, options.Tier, options.Precision);
        var seeds = SeedsOf(experiment);
        var inits = options.Inits ?? experiment.Inits;
        var runs = experiment.Runs(seeds, inits);
        var pipeline = new ReproductionPipeline(experiment, new DatasetCatalogue(options.Folders.Data, options.Folders.Generated), options.Device, options.Threads, options.Split);
        var planned = runs.Where(run => run.UnavailableReason is null).Select(run => (Run: run, Stage: pipeline.Of(run))).ToList();   // opens and verifies every data set
        var store = new StageStore(Path.Combine(options.Folders.Cache, "stages"), TimeProvider.System);
        var results = new ResultFiles(options, experiment, inits);
        var device = StartTorch(options.Device, options.Threads);

        var stages = planned.SelectMany(plan => ChainOf(plan.Stage)).DistinctBy(stage => stage.Key.Hash).ToList();
        Console.WriteLine($"{experiment.Id}, tier {experiment.Tier.Name}: {planned.Count} runs over {seeds.Count} seed(s) from {stages.Count} distinct stages; {runs.Count - planned.Count} runs have no data in this tier.");
        var rows = new List<RunRow>();
        var failures = new Dictionary<PlannedRun, string>();
        var outputs = ConsoleProgress.Show(stages, options.Progress, progress =>
        {
            var runner = new StageRunner(store, device, progress, options.Progress == "steps" ? TimeSpan.Zero : CheckpointInterval, stop);
            foreach (var (run, stage) in planned)
            {
                try
                {
                    rows.Add(RowOf(experiment, run, runner.Obtain(stage)));
                    results.Append(rows[^1]);
                }
                catch (StageFailedException failure)
                {
                    failures[run] = failure.Message;
                }
            }

            return runner.Outputs;
        });

        results.Finish(runs, failures, outputs, pipeline.DatasetHashes);
        TablePrinter.Print(experiment, results.Cells, rows);
        foreach (var failure in failures.Values.Distinct()) Console.Error.WriteLine($"Not measured: {failure}");
        Console.WriteLine($"Written: {results.Shown}");
        return ExitCodeOf(rows.Count, failures.Count, results.Cells);
    }

    /// <summary>What could not be measured outweighs what the rest says; the worst verdict outweighs the others.</summary>
    internal static int ExitCodeOf(int runs, int failures, IReadOnlyList<CellRow> cells) =>
        runs == 0 ? ExitCodes.NothingMeasured
        : failures > 0 ? ExitCodes.CouldNotRun
        : cells.Any(cell => cell.Verdict == Verdict.CONTRADICTED) ? ExitCodes.RegressionOrContradiction
        : cells.Any(cell => cell.Verdict == Verdict.INCONCLUSIVE) ? ExitCodes.Inconclusive
        : ExitCodes.Success;

    private IReadOnlyList<long> SeedsOf(TableExperiment experiment) => options.Seeds <= experiment.Seeds.Count
        ? [.. experiment.Seeds.Take(options.Seeds)]
        : throw new ReproException($"--seeds is {options.Seeds}, but experiments/{experiment.Id}.json lists {experiment.Seeds.Count} seeds. Ask for fewer, or add seeds there.");

    internal static torch.Device StartTorch(string device, int threads)
    {
        TorchRuntime.Start(threads);
        if (device == "cpu") return torch.CPU;
        if (!torch.cuda.is_available())
            throw new ReproException("--device=cuda, but this build or machine has no usable GPU. Build with the GPU package (dotnet build -c Release -p:Torch=cuda) on a machine with an NVIDIA driver, or use --device=cpu.");
        return torch.CUDA;
    }

    /// <summary>A stage after all that it reads.</summary>
    internal static IEnumerable<Stage> ChainOf(Stage stage) => stage.Parents.SelectMany(ChainOf).Append(stage);

    private RunRow RowOf(TableExperiment experiment, PlannedRun run, StageOutput output) => new(
        experiment.Id, run.Row.Id, run.Column.Id, run.Row.Protocol.ToString(), run.Seed, output.Record.Number(run.Cell.Metric), output.Stage.Key.Hash,
        string.Join(' ', output.Stage.Parents.Select(parent => parent.Key.Hash)), options.Device, output.Record.Seconds, run.Init.ToString());
}
