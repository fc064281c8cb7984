using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Pipeline.Planning;
using Cmcd.Repro.Results;
using Cmcd.Repro.Runtime;
using TorchSharp;

namespace Cmcd.Repro.Commands;

/// <summary>One table in one tier: validate everything, measure each run, write rows at once, fold them into cells.</summary>
internal sealed class RunCommand : IExperimentRun
{
    // A resume point costs milliseconds here and saves minutes there.
    internal static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(10);

    private readonly RunOptions _options;
    private readonly RunSession _session;
    private readonly CancellationToken _stop;
    private readonly TableExperiment _asked;
    private readonly TableExperiment _experiment;
    private readonly IReadOnlyList<long> _seeds;
    private readonly IReadOnlyList<Initialisation> _inits;
    private readonly IReadOnlyList<PlannedRun> _runs;
    private readonly ReproductionPipeline _pipeline;

    public RunCommand(RunOptions options, RunSession session, CancellationToken stop)
    {
        (_options, _session, _stop) = (options, session, stop);
        _asked = new ExperimentFiles(options.Folders.Experiments).Load(options.Table, options.Tier, options.Precision);
        _experiment = session.Available(_asked);
        _seeds = SeedsOf(_experiment);
        _inits = options.Inits ?? _experiment.Inits;
        _runs = AskedFor(_experiment.Runs(_seeds, _inits));
        _pipeline = new(_experiment, session.Data, options.Device, options.Threads, options.Split);
    }

    public ExperimentWork Work()
    {
        var (ends, missing) = (new List<IReadOnlyList<Stage>>(), new List<string>());
        foreach (var run in _runs)
        {
            try
            {
                if (run.UnavailableReason is { } reason) missing.Add(reason);
                else ends.Add(_pipeline.EndsOf(run));
            }
            catch (DatasetUnavailableException fault)
            {
                missing.Add(fault.Message);
            }
        }

        return new(_experiment.Id, ends, missing);
    }

    public int Execute()
    {
        var planned = _runs.Where(run => run.UnavailableReason is null).Select(run => (Run: run, Ends: _pipeline.EndsOf(run))).ToList();   // opens and verifies every data set
        TellMissing();
        var results = new ResultFiles(_options, _experiment, _inits);
        var device = StartTorch(_options.Device, _options.Threads);
        WarnOfSlowFormat();

        var stages = planned.SelectMany(plan => plan.Ends.SelectMany(end => end.Chain)).DistinctBy(stage => stage.Key.Hash).ToList();
        Console.WriteLine($"{_experiment.Id}, tier {_experiment.Tier.Name}: {planned.Count} runs over {_seeds.Count} seed(s) from {stages.Count} distinct stages; {_runs.Count - planned.Count} runs have no data in this tier.");
        var rows = new List<RunRow>();
        var failures = new Dictionary<PlannedRun, string>();
        var outputs = ConsoleProgress.Show(stages, _options.Progress, progress =>
        {
            var runner = new StageRunner(_session.Stages, device, progress, _options.Progress == "steps" ? TimeSpan.Zero : CheckpointInterval, _stop, _session.Failures);
            try
            {
                foreach (var (run, ends) in planned) Measure(run, ends, runner, rows, failures, results);
            }
            finally
            {
                _session.Outputs.AddRange(runner.Outputs);
            }

            return runner.Outputs;
        });

        results.Finish(_runs, failures, outputs, _pipeline.DatasetHashes, _session.Data.Terms(Sources()));
        TablePrinter.Print(_experiment, results.Cells, rows);
        if (EstimatorFile.Write(results.Folder, rows, outputs) is { Count: > 0 } estimates) EstimatorFile.Print(estimates);
        foreach (var failure in failures.Values.Distinct()) Console.Error.WriteLine($"Not measured: {failure}");
        Console.WriteLine($"Written: {results.Shown}");
        return ExitCodeOf(rows.Count, failures.Count, results.Cells);
    }

    /// <summary>All that is missing at once, with its remedies, before any work; the rest of the table is run.</summary>
    private void TellMissing()
    {
        if (_runs.All(run => run.UnavailableReason is null)) return;
        try
        {
            _session.Data.Require(Sources());
        }
        catch (DatasetMissingException missing)
        {
            Console.Error.WriteLine($"{_runs.Count(run => run.UnavailableReason is not null)} of {_runs.Count} runs cannot be made; their cells are UNAVAILABLE:\n{missing.Message}");
        }
    }

    /// <summary>The data sets and weights that the runs are made of, whether they are here or not.</summary>
    private IEnumerable<string> Sources() => _runs.SelectMany(run => (string[])[run.Cell.Source, run.Cell.Pairs, run.Cell.Downstream], (run, role) => _asked.Tier.Roles[role] switch
    {
        DatasetSettings set => set.Name,
        WeightsSettings weights => weights.ByWidth[WeightsSettings.Key(run.Cell.Teacher)],
        _ => null,
    }).OfType<string>().Distinct();

    // oneDNN has bf16 convolutions for AVX-512 and up; below, libtorch takes plain loops.
    private void WarnOfSlowFormat()
    {
        if (_options.Device == "cpu" && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64 && !Avx512BW.IsSupported && _runs.Any(run => run.Cell.Student.Precision == Precision.Bf16))
            Console.WriteLine("This processor has no AVX-512, so bf16 convolutions are slow on it: --precision=fp32 is faster here, with results equal within chance (experiments/deviations.md#m6).");
    }

    private void Measure(PlannedRun run, IReadOnlyList<Stage> ends, StageRunner runner, List<RunRow> rows, Dictionary<PlannedRun, string> failures, ResultFiles results)
    {
        try
        {
            rows.Add(RowOf(run, [.. ends.Select(runner.Obtain)]));
            results.Append(rows[^1]);
        }
        catch (StageFailedException failure)
        {
            failures[run] = failure.Message;
        }
    }

    /// <summary>What could not be measured outweighs what the rest says; the worst verdict outweighs the others.</summary>
    internal static int ExitCodeOf(int runs, int failures, IReadOnlyList<CellRow> cells) =>
        runs == 0 ? ExitCodes.NothingMeasured
        : failures > 0 ? ExitCodes.CouldNotRun
        : cells.Any(cell => cell.Verdict == Verdict.CONTRADICTED) ? ExitCodes.RegressionOrContradiction
        : cells.Any(cell => cell.Verdict == Verdict.INCONCLUSIVE) ? ExitCodes.Inconclusive
        : ExitCodes.Success;

    private IReadOnlyList<long> SeedsOf(TableExperiment experiment) => _options.Seeds <= experiment.Seeds.Count
        ? [.. experiment.Seeds.Take(_options.Seeds)]
        : throw new ReproException($"--seeds is {_options.Seeds}, but experiments/{experiment.Id}.json lists {experiment.Seeds.Count} seeds. Ask for fewer, or add seeds there.");

    private IReadOnlyList<PlannedRun> AskedFor(IReadOnlyList<PlannedRun> runs)
    {
        if (_options.Columns is not { } columns) return runs;
        var unknown = columns.Except(_experiment.Columns.Select(column => column.Id)).ToArray();
        return unknown.Length == 0 && columns.Count > 0
            ? [.. runs.Where(run => columns.Contains(run.Column.Id))]
            : throw new ReproException($"--columns is \"{string.Join(',', columns)}\". {_experiment.Id} has the columns {string.Join(", ", _experiment.Columns.Select(column => column.Id))}.");
    }

    internal static torch.Device StartTorch(string device, int threads)
    {
        TorchRuntime.Start(threads);
        if (device == "cpu") return torch.CPU;
        if (!torch.cuda.is_available())
            throw new ReproException("--device=cuda, but this build or machine has no usable GPU. Build with the GPU package (dotnet build -c Release -p:Torch=cuda) on a machine with an NVIDIA driver, or use --device=cpu.");
        return torch.CUDA;
    }

    /// <summary>A run's number from its stages' records: what the one recorded, or the difference of two.</summary>
    internal static double ValueOf(PlannedRun run, IReadOnlyList<StageOutput> ends) =>
        ends[0].Record.Number(run.Cell.Recorded) - (ends.Count == 2 ? ends[1].Record.Number(run.Cell.Recorded) : 0);

    private RunRow RowOf(PlannedRun run, StageOutput[] ends)
    {
        var stages = ends.Length == 2 ? ends.Select(end => end.Stage) : ends[0].Stage.Parents;
        return new(
            _experiment.Id, run.Row.Id, run.Column.Id, run.Row.Protocol.ToString(), run.Seed, ValueOf(run, ends), ends[0].Stage.Key.Hash,
            string.Join(' ', stages.Select(stage => stage.Key.Hash)), _options.Device, ends.Sum(end => end.Record.Seconds), run.Init.ToString());
    }
}
