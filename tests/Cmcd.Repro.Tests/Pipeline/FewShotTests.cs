using System.Security.Cryptography;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Pipeline;

public sealed class FewShotTests : IDisposable
{
    private const int TestItems = 40;
    private static readonly FewShotSettings Two = new(PerClass: 2, Draws: 3);
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Protocol.LE), InlineData(Protocol.FT)]
    public void Each_draw_answers_every_item_and_the_metric_is_their_mean(Protocol protocol)
    {
        var result = Run(protocol, "run");
        var (predicted, labels) = Step3Evaluation.ReadPredictions(Path.Combine(_folder.Path, "run"));

        Assert.Equal((Two.Draws * TestItems, TestItems), (predicted.Length, labels.Length));
        var draws = predicted.Chunk(TestItems).Select(draw => 100.0 * draw.Zip(labels).Count(item => item.First == item.Second) / TestItems).ToArray();
        Assert.Equal(draws.Average(), (double)result.Metrics["top1"], 1e-9);
        Assert.Equal(3.0, result.Metrics["draws"]);
        Assert.NotEqual(predicted[..TestItems], predicted[TestItems..(2 * TestItems)]);   // other items, another head
        Assert.Equal($"8 train and {TestItems} test items share no content", result.Metrics["sentinel.disjoint"]);
        Assert.Equal(["predictions.safetensors"], result.Files);
    }

    [Theory]
    [InlineData(Protocol.LE, 3), InlineData(Protocol.LE, 14), InlineData(Protocol.FT, 3)]
    public void Interrupted_in_any_draw_it_ends_in_the_same_predictions(Protocol protocol, int stopAfter)
    {
        var straight = Run(protocol, "straight");
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Run(protocol, "stopped", stop, stopAfter));
        var trained = new List<int>();
        var resumed = Run(protocol, "stopped", steps: trained);

        Assert.Equal(straight.Metrics, resumed.Metrics);
        Assert.Equal(Hash("straight"), Hash("stopped"));
        Assert.Equal(stopAfter + 1, trained[0]);   // nothing that was done is done again
    }

    [Fact]
    public void Steps_are_counted_over_all_draws()
    {
        var steps = new List<int>();
        Run(Protocol.LE, "run", steps: steps);
        Assert.Equal(Enumerable.Range(1, 30), steps);   // 10 epochs of one batch of 8 items, three draws
    }

    [Fact]
    public void The_key_holds_items_and_draws()
    {
        var conditions = new Conditions("smoke", 0, "cpu", 1);
        string Key(FewShotSettings few) => FewShotEvaluation.Key(SmallSettings.LinearEvaluation, few, SmallSettings.Encoder, conditions, null, "train", "test").Hash;

        Assert.Equal(4, new[] { Key(Two), Key(Two with { PerClass = 1 }), Key(Two with { Draws = 5 }), Step3Evaluation.Key(SmallSettings.LinearEvaluation, SmallSettings.Encoder, conditions, null, "train", "test").Hash }.Distinct().Count());
    }

    private StepResult Run(Protocol protocol, string run, CancellationTokenSource? stop = null, int stopAfter = 0, List<int>? steps = null) => FewShotEvaluation.Run(
        protocol == Protocol.LE ? SmallSettings.LinearEvaluation : SmallSettings.FineTuning, Two, SmallSettings.Encoder, null, SmallSettings.Labelled(32, 1000), SmallSettings.Labelled(TestItems, 2000),
        SmallSettings.Context(_folder.Create(run), stop?.Token ?? default) with
        {
            Report = progress =>
            {
                steps?.Add(progress.Step);
                if (progress.Step == stopAfter) stop!.Cancel();
            },
        });

    private string Hash(string run) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder.Path, run, "predictions.safetensors"))));
}
