using Cmcd.Repro.Datasets;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Pipeline;

/// <summary>Each test breaks the protocol on purpose: the run must turn red.</summary>
public sealed class SentinelTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_encoder_in_train_mode_during_linear_evaluation_stops_the_run()
    {
        var context = Context("encoder", encoder => encoder.train());
        var fault = Assert.Throws<ProtocolViolationException>(() => Evaluate(context, SmallSettings.Labelled(40, 2000)));
        Assert.StartsWith("The encoder is frozen, yet its weights or BatchNorm statistics moved", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoder_that_could_learn_during_linear_evaluation_stops_the_run()
    {
        var context = Context("encoder", encoder => { foreach (var parameter in encoder.parameters()) parameter.requires_grad = true; });
        var fault = Assert.Throws<ProtocolViolationException>(() => Evaluate(context, SmallSettings.Labelled(40, 2000)));
        Assert.Equal("The encoder is frozen, yet some of its parameters ask for gradients.", fault.Message);
    }

    [Fact]
    public void A_teacher_in_train_mode_stops_the_run()
    {
        var context = Context("teacher", teacher => teacher.train());
        var fault = Assert.Throws<ProtocolViolationException>(() => Step2Distillation.Run(
            SmallSettings.Distillation(SmallSettings.Cmc), SmallSettings.Encoder, SmallSettings.Encoder, Repro.Experiments.Initialisation.Random,
            SmallSettings.Teacher(_folder), SmallSettings.Pairs, context));
        Assert.StartsWith("The teacher is frozen, yet its weights or BatchNorm statistics moved", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_test_item_among_the_training_items_stops_the_run()
    {
        // Items 1000 … 1031 train; this test set begins with item 1031, whose bar has the same place.
        var leaking = SmallSettings.Labelled(40, 1028);
        var fault = Assert.Throws<ProtocolViolationException>(() => Evaluate(Context("none", _ => { }), leaking));
        Assert.StartsWith("4 test items also stand in the training set", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clean_run_records_what_was_checked()
    {
        var result = Evaluate(Context("none", _ => { }), SmallSettings.Labelled(40, 2000));
        Assert.Equal("32 train and 40 test items share no content", result.Metrics["sentinel.disjoint"]);
        Assert.Equal(64, ((string)result.Metrics["sentinel.frozen-encoder"]).Length);
        Assert.Contains("last epoch", (string)result.Metrics["sentinel.selection"], StringComparison.Ordinal);
    }

    private StepResult Evaluate(StepContext context, LabelledDataset test) => Step3Evaluation.Run(
        SmallSettings.LinearEvaluation, SmallSettings.Encoder, SmallSettings.Teacher(_folder), SmallSettings.Labelled(32, 1000), test, context);

    private StepContext Context(string network, Action<TorchSharp.torch.nn.Module> sabotage) => SmallSettings.Context(_folder.Create("run")) with
    {
        Loaded = (name, module) => { if (name == network) sabotage(module); },
    };
}
