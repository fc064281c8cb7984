using System.Security.Cryptography;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Metrics;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Pipeline;

public sealed class SegmentationTests : IDisposable
{
    private static readonly SegmentedDataset Test = SyntheticScenes.Of(24, 2000);

    private readonly ScratchFolder _folder = new();

    public static EvaluationSettings Linear { get; } = SmallSettings.LinearEvaluation with { Views = SmallSettings.LinearEvaluation.Views with { Size = SyntheticScenes.Side, JitterProbability = 0, GreyscaleProbability = 0 } };

    public static EvaluationSettings FineTuning { get; } = Linear with { Protocol = Protocol.FT, LearningRate = 3e-3 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Textures_that_a_random_encoder_hardly_shows_are_learnt_by_fine_tuning_and_then_read_linearly()
    {
        var random = (double)Run(Linear with { Epochs = 30 }, "random").Metrics["miou"];
        var tuned = Run(FineTuning with { Epochs = 20 }, "tuned");
        var linear = (double)Run(Linear with { Epochs = 30 }, "linear", start: Path.Combine(_folder.Path, "tuned")).Metrics["miou"];

        Assert.InRange(random, 10, 45);                                              // one class everywhere gives about 11
        Assert.InRange((double)tuned.Metrics["miou"], random + 30, 100);
        Assert.InRange(linear, random + 30, 100);
        Assert.InRange((double)tuned.Metrics["pixelAccuracy"], (double)tuned.Metrics["miou"], 100);
    }

    [Theory]
    [InlineData(Protocol.LE), InlineData(Protocol.FT)]
    public void A_run_interrupted_ends_in_the_same_bits(Protocol protocol)
    {
        var settings = (protocol == Protocol.LE ? Linear : FineTuning) with { Epochs = 2 };
        var straight = Run(settings, "straight");
        using (var stop = new CancellationTokenSource())
            Assert.Throws<OperationCanceledException>(() => Run(settings, "stopped", context => context with { Cancellation = stop.Token, Report = progress => { if (progress.Step == 5) stop.Cancel(); } }));
        var resumed = Run(settings, "stopped");

        Assert.Equal(straight.Metrics["miou"], resumed.Metrics["miou"]);
        Assert.Equal(straight.Metrics["epochLosses"], resumed.Metrics["epochLosses"]);
        Assert.Equal(protocol == Protocol.LE ? 2 : 3, straight.Files.Count);
        Assert.All(straight.Files, file => Assert.Equal(HashOf("straight", file), HashOf("stopped", file)));
    }

    [Fact]
    public void What_is_stored_gives_the_score_again_image_by_image()
    {
        var result = Run(Linear with { Epochs = 1 }, "run");
        var confusions = Step3Segmentation.ReadConfusions(Path.Combine(_folder.Path, "run"));

        Assert.Equal(24, confusions.Count);
        Assert.Equal(result.Metrics["miou"], MeanIoU.Percent([.. confusions.SelectMany(counts => counts)]));
        Assert.All(confusions, counts => Assert.Equal(30 * 30, counts.Sum(count => count.Pixels)));   // all but two seams
        Assert.Equal("48 train and 24 test items share no content", result.Metrics["sentinel.disjoint"]);
        Assert.Equal(64, ((string)result.Metrics["sentinel.frozen-encoder"]).Length);
        Assert.Contains("last epoch", (string)result.Metrics["sentinel.selection"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_protocol_stops_the_run()
    {
        var moved = Assert.Throws<ProtocolViolationException>(() => Run(Linear with { Epochs = 1 }, "moved", context => context with { Loaded = (name, network) => { if (name == "encoder") network.train(); } }));
        Assert.StartsWith("The encoder is frozen, yet its weights or BatchNorm statistics moved", moved.Message, StringComparison.Ordinal);
        var leaked = Assert.Throws<ProtocolViolationException>(() => Run(Linear, "leaked", test: SyntheticScenes.Of(24, 1040)));
        Assert.StartsWith("8 test items also stand in the training set", leaked.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(255, "scenes: map 1 is void everywhere"), InlineData(3, "scenes: map 1 has label 3 at pixel 0: allowed are 0 to 2")]
    public void A_label_map_that_cannot_be_used_is_named_before_any_work(byte label, string message)
    {
        var spoiled = SyntheticScenes.Of(24, 2000, spoil: labels => labels.AsSpan(SyntheticScenes.Side * SyntheticScenes.Side, SyntheticScenes.Side * SyntheticScenes.Side).Fill(label));
        var fault = Assert.Throws<DatasetUnavailableException>(() => Run(Linear, "spoiled", context => context with { Report = _ => Assert.Fail("It had begun.") }, spoiled));
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_and_both_sets_are_in_the_key()
    {
        var conditions = new Conditions("mini", 0, "cpu", 1);
        var key = Step3Segmentation.Key(Linear, SmallSettings.Encoder, conditions, null, "train", "test");
        var start = Step1Pretraining.Key(SmallSettings.SimClr, SmallSettings.Encoder, conditions, "photos", null);

        Assert.Equal("segment", key.Stage);
        Assert.Equal(7, new[]
        {
            key, Step3Segmentation.Key(FineTuning, SmallSettings.Encoder, conditions, null, "train", "test"), Step3Segmentation.Key(Linear, SmallSettings.Encoder with { Width = 8 }, conditions, null, "train", "test"),
            Step3Segmentation.Key(Linear, SmallSettings.Encoder, conditions with { Seed = 1 }, null, "train", "test"), Step3Segmentation.Key(Linear, SmallSettings.Encoder, conditions, start, "train", "test"),
            Step3Segmentation.Key(Linear, SmallSettings.Encoder, conditions, null, "other", "test"), Step3Segmentation.Key(Linear, SmallSettings.Encoder, conditions, null, "train", "other"),
        }.Select(each => each.Hash).Distinct().Count());
    }

    private StepResult Run(EvaluationSettings settings, string run, Func<StepContext, StepContext>? change = null, SegmentedDataset? test = null, string? start = null)
    {
        var context = SmallSettings.Context(_folder.Create(run)) with { CheckpointInterval = change is null ? TimeSpan.FromHours(1) : TimeSpan.Zero };
        return Step3Segmentation.Run(settings, SmallSettings.Encoder, start, SyntheticScenes.Of(48, 1000), test ?? Test, change?.Invoke(context) ?? context);
    }

    private string HashOf(string run, string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder.Path, run, file))));
}
