using System.Globalization;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Results.Gap;
using Cmcd.Repro.Runtime;
using Cmcd.Repro.Theory.Gap;
using TorchSharp;

namespace Cmcd.Repro.Commands;

/// <summary>The gap experiment in one tier: every level at every seed, then the correlations with total variation.</summary>
internal sealed class GapCommand(RunOptions options, CancellationToken stop)
{
    public int Execute()
    {
        RefuseWhatHasNoMeaning();
        var experiment = GapFiles.Load(options.Folders.Experiments, options.Table, options.Tier);
        if (options.Seeds > experiment.Seeds.Count)
            throw new ReproException($"--seeds is {options.Seeds}, but experiments/{experiment.Id}.json lists {experiment.Seeds.Count} seeds. Ask for fewer, or add seeds there.");
        long[] seeds = [.. experiment.Seeds.Take(options.Seeds)];
        TorchRuntime.Start(options.Threads);
        var teachers = seeds.ToDictionary(seed => seed, seed => Teacher(experiment, seed));
        var levels = (from knob in experiment.Knobs
                      from level in experiment.LevelsOf(knob)
                      from seed in seeds
                      select (Level: level, Seed: seed)).Distinct().ToDictionary(point => point, point => Level(experiment, point.Level, point.Seed, teachers[point.Seed]));
        var results = new GapResults(options, experiment, seeds, levels);
        Stage[] stages = [.. teachers.Values, .. levels.Values, .. results.Answers];
        Console.WriteLine($"{experiment.Id}, tier {options.Tier}: {experiment.Knobs.Sum(knob => knob.Levels.Count)} levels of {experiment.Knobs.Count} knobs, {levels.Count / seeds.Length} of them distinct, over {seeds.Length} seed(s).");
        var outputs = ConsoleProgress.Show(stages, options.Progress, progress =>
        {
            var runner = new StageRunner(new StageStore(Path.Combine(options.Folders.Cache, "stages"), TimeProvider.System), torch.CPU, progress, TimeSpan.FromSeconds(10), stop);
            foreach (var stage in stages) runner.Obtain(stage);
            return runner.Outputs;
        });

        var (cells, summary) = results.Write(outputs);
        Print(experiment, summary);
        Console.WriteLine($"Written: {results.Shown}");
        return cells == 0 ? ExitCodes.NothingMeasured : ExitCodes.Success;
    }

    private void RefuseWhatHasNoMeaning()
    {
        if (options.Device != "cpu") throw new ReproException($"--device={options.Device}: the gap experiment's networks are too small for a GPU; it runs on --device=cpu.");
        if (options.Inits is not null || options.Precision is not null || options.Split != "test")
            throw new ReproException("--init, --precision and --split say how images are learnt from; the gap experiment has none. Leave them out.");
    }

    private Stage Teacher(GapExperiment experiment, long seed) => new(
        GapTeacher.Key(experiment, seed, options.Threads), $"teacher of the gap world, seed {seed}", seed, [],
        (context, _) => Result(GapTeacher.Run(experiment, seed, context.WorkFolder)));

    private Stage Level(GapExperiment experiment, GapLevel level, long seed, Stage teacher) => new(
        GapLevelRun.Key(experiment, level, seed, options.Threads, teacher.Key),
        string.Create(CultureInfo.InvariantCulture, $"level correlation {level.PairCorrelation}, shift {level.Shift}, angle {level.Angle}, noise {level.Noise}, {level.Pairs} pairs, seed {seed}"),
        seed, [teacher], (context, folders) => Result(GapLevelRun.Run(experiment, level, seed, folders[0], context.WorkFolder)));

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
