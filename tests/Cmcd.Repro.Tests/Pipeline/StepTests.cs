using System.Security.Cryptography;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Pipeline;

public sealed class StepTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<LossSettings> Losses =>
    [
        SmallSettings.Cmd, SmallSettings.Cmc, new MixedSettings(0.5, SmallSettings.Cmc, SmallSettings.Cmd),
        new CmstSettings(), new CmkdSettings(1000), new SocketSettings(10, 0.5),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Losses))]
    public void Every_distillation_loss_falls_and_repeats_to_the_same_bits(LossSettings loss)
    {
        var teacher = SmallSettings.Teacher(_folder);
        var settings = SmallSettings.Distillation(loss) with { Epochs = 6 };
        var first = Distil(settings, Initialisation.Random, teacher, "first");
        Distil(settings, Initialisation.Random, teacher, "second");

        var losses = ((string)first.Metrics["epochLosses"]).Split(' ').Select(double.Parse).ToArray();
        Assert.Equal(6, losses.Length);
        Assert.True(losses[^1] < losses[0], $"The loss went from {losses[0]} to {losses[^1]}.");
        Assert.Equal(HashOf("first", "encoder.safetensors"), HashOf("second", "encoder.safetensors"));
    }

    [Fact]
    public void Seeds_and_initialisations_lead_to_different_students()
    {
        var teacher = SmallSettings.Teacher(_folder);
        var settings = SmallSettings.Distillation(SmallSettings.Cmc);
        Distil(settings, Initialisation.Random, teacher, "random");
        Distil(settings, Initialisation.Source, teacher, "source");
        Distil(settings, Initialisation.Random, teacher, "other seed", seed: 1);

        Assert.Equal(3, new[] { "random", "source", "other seed" }.Select(run => HashOf(run, "encoder.safetensors")).Distinct().Count());
    }

    [Fact]
    public void Pretraining_interrupted_after_any_update_ends_in_the_same_bits()
    {
        Pretrain("straight", null);
        for (var stopAfter = 1; stopAfter <= 7; stopAfter += 3)
        {
            Interrupted(stop => Pretrain($"stop {stopAfter}", stop, stopAfter));
            Pretrain($"stop {stopAfter}", null);
            Assert.Equal(HashOf("straight", "encoder.safetensors"), HashOf($"stop {stopAfter}", "encoder.safetensors"));
        }
    }

    [Theory]
    [InlineData(Protocol.LE), InlineData(Protocol.FT)]
    public void Evaluation_interrupted_ends_in_the_same_predictions(Protocol protocol)
    {
        var teacher = SmallSettings.Teacher(_folder);
        var settings = protocol == Protocol.LE ? SmallSettings.LinearEvaluation : SmallSettings.FineTuning;
        var straight = Evaluate(settings, teacher, "straight");
        Interrupted(stop => Evaluate(settings, teacher, "stopped", stop, 3));
        var resumed = Evaluate(settings, teacher, "stopped");

        Assert.Equal(straight.Metrics["top1"], resumed.Metrics["top1"]);
        Assert.Equal(straight.Metrics["epochLosses"], resumed.Metrics["epochLosses"]);
        Assert.All(straight.Files, file => Assert.Equal(HashOf("straight", file), HashOf("stopped", file)));
    }

    [Fact]
    public void Linear_evaluation_reads_the_class_of_easy_images()
    {
        var result = Evaluate(SmallSettings.LinearEvaluation with { Epochs = 60 }, SmallSettings.Teacher(_folder), "easy");
        Assert.InRange((double)result.Metrics["top1"], 60, 100);   // chance is 25
    }

    [Fact]
    public void A_diverging_training_says_where_and_names_the_last_good_state()
    {
        var settings = SmallSettings.SimClr with { LearningRate = 1e30 };
        var fault = Assert.Throws<DivergedException>(() => Step1Pretraining.Run(
            settings, SmallSettings.Encoder, SmallSettings.Photos, null, 1, SmallSettings.Context(_folder.Create("diverged"))));
        Assert.Matches(@"^The loss became NaN at epoch 1, step \d; the last good resume point is step \d\.$", fault.Message);
    }

    [Theory]
    [InlineData(0, 1e-3), InlineData(59, 1e-3), InlineData(60, 1e-4), InlineData(69, 1e-4), InlineData(70, 1e-5), InlineData(80, 1e-6), InlineData(99, 1e-6)]
    public void Rate_falls_at_60_70_and_80_percent_of_the_epochs(int epoch, double expected) =>
        Assert.Equal(expected, Step3Evaluation.LearningRate(SmallSettings.LinearEvaluation with { LearningRate = 1e-3, Epochs = 100 }, epoch), 1e-12);

    [Fact]
    public void Every_update_frees_what_it_made()
    {
        var counts = new List<long>();
        Step1Pretraining.Run(
            SmallSettings.SimClr with { Epochs = 5 }, SmallSettings.Encoder, SmallSettings.Photos, null, 1,
            SmallSettings.Context(_folder.Create("count")) with { Report = _ => counts.Add(Tensor.TotalCount) });

        Assert.Equal(20, counts.Count);
        // It may fall, when the finalizer frees what the networks' construction left; a leak would make it rise at every update.
        Assert.All(counts.Skip(1).Zip(counts.Skip(2)), pair => Assert.True(pair.Second <= pair.First, $"{pair.First} live tensors became {pair.Second}."));
    }

    private static void Interrupted(Action<CancellationTokenSource> run)
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => run(stop));
    }

    private StepResult Distil(DistillationSettings settings, Initialisation init, string teacher, string run, long seed = 0) => Step2Distillation.Run(
        settings, SmallSettings.Encoder, SmallSettings.Encoder, init, teacher, SmallSettings.Pairs, SmallSettings.Context(_folder.Create(run)) with { Seed = seed });

    private StepResult Pretrain(string run, CancellationTokenSource? stop, int stopAfter = 0) => Step1Pretraining.Run(
        SmallSettings.SimClr, SmallSettings.Encoder, SmallSettings.Photos, null, 1, Stopping(run, stop, stopAfter));

    private StepResult Evaluate(EvaluationSettings settings, string teacher, string run, CancellationTokenSource? stop = null, int stopAfter = 0) => Step3Evaluation.Run(
        settings, SmallSettings.Encoder, teacher, SmallSettings.Labelled(32, 1000), SmallSettings.Labelled(40, 2000), Stopping(run, stop, stopAfter));

    private StepContext Stopping(string run, CancellationTokenSource? stop, int stopAfter) => SmallSettings.Context(_folder.Create(run), stop?.Token ?? default) with
    {
        Report = progress =>
        {
            if (progress.Step == stopAfter) stop!.Cancel();
        },
    };

    private string HashOf(string run, string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder.Path, run, file))));
}
