using Cmcd.Repro.Caching;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Pipeline.Planning;
using Cmcd.Repro.Tests.Infrastructure;
using TorchSharp;

namespace Cmcd.Repro.Tests.Pipeline.Planning;

/// <summary>Timing runs the real loops: they end early, after at least eleven updates, and all that follows them is done.</summary>
public sealed class StageTimerTests : IDisposable
{
    private const int Endless = 1_000_000;

    private readonly ScratchFolder _folder = new();
    private readonly List<StepProgress> _seen = [];
    private readonly List<StepResult> _results = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_distillation_of_a_million_epochs_is_timed_with_a_teacher_that_does_not_exist()
    {
        var settings = SmallSettings.Distillation(SmallSettings.Cmc) with { Epochs = Endless };
        var teacher = Planned.Stage("pretrain teacher", new { }) with { Makes = SmallSettings.Encoder };
        var timing = Measure("distill CMC", [teacher], (context, folders) =>
            Step2Distillation.Run(settings, SmallSettings.Encoder, SmallSettings.Encoder, Initialisation.Source, folders[0], SmallSettings.Pairs, context));

        Assert.InRange(_seen.Max(progress => progress.Step), 11, Endless);
        Assert.All(_seen, progress => Assert.Equal(4 * Endless, progress.Steps));
        Assert.True(timing is { PerUpdate: > 0, Rest: >= 0 });
        Assert.All(_results, result => Assert.Contains("sentinel.frozen-teacher", result.Metrics.Keys));   // the end of the step was reached
    }

    [Fact]
    public void An_evaluation_tests_in_full_after_a_training_cut_short()
    {
        var settings = SmallSettings.LinearEvaluation with { Epochs = Endless };
        Measure("LE of CMC", [], (context, _) => Step3Evaluation.Run(settings, SmallSettings.Encoder, null, SmallSettings.Labelled(16, 100), SmallSettings.Labelled(16, 200), context));

        Assert.All(_results, result => Assert.Contains("top1", result.Metrics.Keys));
    }

    [Fact]
    public void Every_draw_of_few_labels_is_timed()
    {
        var settings = SmallSettings.LinearEvaluation with { Epochs = Endless };
        Measure("LE of CMC", [], (context, _) =>
            FewShotEvaluation.Run(settings, new FewShotSettings(1, 2), SmallSettings.Encoder, null, SmallSettings.Labelled(16, 100), SmallSettings.Labelled(16, 200), context));

        Assert.Contains(_seen, progress => progress.Step > Endless);   // the second draw
        Assert.All(_results, result => Assert.Equal(2.0, result.Metrics["draws"]));
    }

    [Fact]
    public void A_training_shorter_than_the_warm_up_is_timed_whole()
    {
        var settings = SmallSettings.SimClr with { Epochs = 1, BatchSize = 16 };   // two updates
        var timing = Measure("pretrain teacher", [], (context, _) => Step1Pretraining.Run(settings, SmallSettings.Encoder, SmallSettings.Photos, null, Step1Pretraining.SourceStream, context));

        Assert.Equal(2, _seen.Max(progress => progress.Step));
        Assert.True(timing.PerUpdate > 0);
    }

    [Fact]
    public void A_parent_that_leaves_no_encoder_is_run_itself()
    {
        var parent = new Stage(StageKey.Of("made", 1, new { }), "made up", 0, [], (context, _) =>
        {
            File.WriteAllText(Path.Combine(context.WorkFolder, "made.txt"), "");
            return new(new Dictionary<string, object>(), []);
        });
        var found = false;
        var timing = Measure("read it", [parent], (_, folders) =>
        {
            found = File.Exists(Path.Combine(folders[0], "made.txt"));
            return new(new Dictionary<string, object>(), []);
        });

        Assert.True(found);
        Assert.Equal(0, timing.PerUpdate);   // it trains nothing: all is rest
    }

    private StageTiming Measure(string title, IReadOnlyList<Stage> parents, Func<StepContext, IReadOnlyList<string>, StepResult> run) =>
        new StageTimer(_folder.Create("scratch"), torch.CPU, default).Measure(new(StageKey.Of("any", 1, new { }), title, 0, parents, (context, folders) =>
        {
            _results.Add(run(context with { Report = _seen.Add }, folders));
            return _results[^1];
        }));
}
