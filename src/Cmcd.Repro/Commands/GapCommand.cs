using System.Globalization;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Pipeline.Planning;
using Cmcd.Repro.Results.Gap;
using Cmcd.Repro.Runtime;
using Cmcd.Repro.Theory.Gap;
using TorchSharp;

namespace Cmcd.Repro.Commands;

/// <summary>The gap experiment in one tier: every level at every seed, then the correlations with total variation.</summary>
internal sealed class GapCommand : IExperimentRun
{
    private readonly RunOptions _options;
    private readonly RunSession _session;
    private readonly CancellationToken _stop;
    private readonly GapExperiment _experiment;
    private readonly GapResults _results;
    private readonly Stage[] _stages;
    private readonly string _about;

    public GapCommand(RunOptions options, RunSession session, CancellationToken stop)
    {
        (_options, _session, _stop) = (options, session, stop);
        RefuseWhatHasNoMeaning();
        _experiment = GapFiles.Load(options.Folders.Experiments, options.Table, options.Tier);
        if (options.Seeds > _experiment.Seeds.Count)
            throw new ReproException($"--seeds is {options.Seeds}, but experiments/{_experiment.Id}.json lists {_experiment.Seeds.Count} seeds. Ask for fewer, or add seeds there.");
        long[] seeds = [.. _experiment.Seeds.Take(options.Seeds)];
        var teachers = seeds.ToDictionary(seed => seed, seed => Teacher(_experiment, seed));
        var levels = (from knob in _experiment.Knobs
                      from level in _experiment.LevelsOf(knob)
                      from seed in seeds
                      select (Level: level, Seed: seed)).Distinct().ToDictionary(point => point, point => Level(_experiment, point.Level, point.Seed, teachers[point.Seed]));
        _results = new GapResults(options, _experiment, seeds, levels);
        _stages = [.. teachers.Values, .. levels.Values, .. _results.Answers];
        _about = $"{_experiment.Id}, tier {options.Tier}: {_experiment.Knobs.Sum(knob => knob.Levels.Count)} levels of {_experiment.Knobs.Count} knobs, {levels.Count / seeds.Length} of them distinct, over {seeds.Length} seed(s).";
    }

    /// <summary>A run is a level at a seed; the cells' answers are taken from levels.</summary>
    public ExperimentWork Work() => new(_experiment.Id, [.. _stages.Where(stage => stage.Parents.Count > 0).Select(stage => (IReadOnlyList<Stage>)[stage])], []);

    public int Execute()
    {
        var started = TimeProvider.System.GetTimestamp();
        TorchRuntime.Start(_options.Threads);
        Console.WriteLine(_about);
        var outputs = ConsoleProgress.Show(_stages, _options.Progress, progress =>
        {
            var runner = new StageRunner(_session.Stages, torch.CPU, progress, RunCommand.CheckpointInterval, _stop, _session.Failures);
            try
            {
                foreach (var stage in _stages) runner.Obtain(stage);
            }
            finally
            {
                _session.Outputs.AddRange(runner.Outputs);
            }

            return runner.Outputs;
        });

        var (cells, summary) = _results.Write(outputs, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        Print(_experiment, summary);
        Console.WriteLine($"Written: {_results.Shown}");
        return cells == 0 ? ExitCodes.NothingMeasured : ExitCodes.Success;
    }

    private void RefuseWhatHasNoMeaning()
    {
        if (_options.Device != "cpu") throw new ReproException($"--device={_options.Device}: the gap experiment's networks are too small for a GPU; it runs on --device=cpu.");
        if (_options.Inits is not null || _options.Precision is not null || _options.Split != "test")
            throw new ReproException("--init, --precision and --split say how images are learnt from; the gap experiment has none. Leave them out.");
    }

    private Stage Teacher(GapExperiment experiment, long seed) => new(
        GapTeacher.Key(experiment, seed, _options.Threads), $"teacher of the gap world, seed {seed}", seed, [],
        (context, _) => Result(GapTeacher.Run(experiment, seed, context.WorkFolder)));

    private Stage Level(GapExperiment experiment, GapLevel level, long seed, Stage teacher) => new(
        GapLevelRun.Key(experiment, level, seed, _options.Threads, teacher.Key),
        string.Create(CultureInfo.InvariantCulture, $"level correlation {level.PairCorrelation}, shift {level.Shift}, angle {level.Angle}, noise {level.Noise}, {level.Pairs} pairs, seed {seed}"),
        seed, [teacher], (context, folders) => Result(GapLevelRun.Run(experiment, level, seed, folders[0], context.WorkFolder)))
    {
        Costs = string.Create(CultureInfo.InvariantCulture, $"gap level, {level.Pairs} pairs"),
    };

    /// <summary>As a step of the pipeline reports.</summary>
    internal static StepResult Result(GapOutput output) => new(output.Metrics, output.Files);

    /// <summary>The answer in short: does excess risk rise with total variation, by knob and reading of it?</summary>
    private static void Print(GapExperiment experiment, IReadOnlyList<GapCorrelation> summary)
    {
        Console.WriteLine("Excess risk over the Bayes rule against total variation, Spearman over levels [95 % interval over seeds]:");
        foreach (var knob in experiment.Knobs)
        {
            Console.WriteLine($"{knob.Id} ({(knob.MovesGap ? "the theory predicts a rise" : "a control: nothing is predicted")})");
            foreach (var line in summary.Where(line => line.Knob == knob.Id && line.Statistic == "spearman" && line.Outcome == nameof(GapScale.ExcessRisk)
                && line.Method is "CMD" or "CMC" && GapResults.Shows(experiment, line.Quantity)))
                Console.WriteLine($"  {line.Method} + {line.Protocol}, {line.Quantity}: {Text(line)}");
        }

        foreach (var line in summary.Where(line => line.Statistic == "slope")) Console.WriteLine($"{line.Outcome}, slope over {line.Quantity}: {Text(line)}");
    }

    private static string Text(GapCorrelation line) => string.Create(CultureInfo.InvariantCulture, $"{line.Value:+0.00;-0.00;0.00}")
        + (line.Low is { } low && line.High is { } high
            ? string.Create(CultureInfo.InvariantCulture, $" [{low:+0.00;-0.00;0.00}, {high:+0.00;-0.00;0.00}] {line.Found}") : "");
}
