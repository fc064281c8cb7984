using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Pipeline;
using Cmcd.Repro.Tests.Results;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Mutations;

/// <summary>Faults planted into a small training; the run must stop, or its stage key must change. Pipeline/SentinelTests holds the same rules one by one.</summary>
internal static class TrainingMutations
{
    private const string Sentinel = "sentinel in the run";

    public static IEnumerable<Mutation> All =>
    [
        Stopped("unfreeze the encoder: it could learn", "The encoder is frozen, yet some of its parameters ask for gradients.", folder => Evaluate(folder, Broken("encoder", Unfreeze))),
        Stopped("unfreeze the encoder: train mode", "The encoder is frozen, yet its weights or BatchNorm statistics moved", folder => Evaluate(folder, Broken("encoder", encoder => encoder.train()))),
        Stopped("teacher in train mode", "The teacher is frozen, yet its weights or BatchNorm statistics moved", folder => Distil(folder, Broken("teacher", teacher => teacher.train()))),
        Stopped("teacher that could learn", "The teacher is frozen, yet some of its parameters ask for gradients.", folder => Distil(folder, Broken("teacher", Unfreeze))),
        Stopped("leak one test item", "1 test items also stand in the training set", folder => Evaluate(folder, context => context, SmallSettings.Labelled(29, 972))),
        Stopped("pick the best epoch: the weights of an earlier epoch answer", "an epoch was selected. The last one counts.", folder => Evaluate(folder, EarlierEpoch)),
        Stopped("pick the best epoch: look at the test set while training", "The test set was read before the last update", _ => Peek(twice: false)),
        Stopped("pick the best epoch: score two states", "was read twice: more than one state of the network was scored", _ => Peek(twice: true)),
        new("labels that do not move with the crop", "comparison", 1, "STALE: Table1/CMC+FT/NYU-Depth V2/FT: numbers moved without a version: seed 0 approved", LabelsLeftBehind),
        new("swap two temperatures", "comparison", 1, "made by other settings or data: stage keys differ, stage versions (pretrain:1 distill:1 evaluate:1) do not", SwapTemperatures),
    ];

    private static Mutation Stopped(string name, string says, Action<ScratchFolder> run) => new(name, Sentinel, null, says, () =>
    {
        using var folder = new ScratchFolder();
        try
        {
            run(folder);
            return (null, "");
        }
        catch (ProtocolViolationException seen)
        {
            return (null, seen.Message);
        }
    });

    /// <summary>Every view is the mirrored whole: maps that were mirrored beforehand are, once mirrored again, what maps left where they were would be.</summary>
    private static (int?, string) LabelsLeftBehind()
    {
        using var folder = new ScratchFolder();
        var (moved, left) = (Percent(mirrored: false), Percent(mirrored: true));
        using var checkout = new ApprovedCheckout([("CMC+FT", ResultFolder.Segmented, [moved])]);
        checkout.Measure([("CMC+FT", ResultFolder.Segmented, [left])]);
        return checkout.Verify();

        double Percent(bool mirrored)
        {
            var settings = SegmentationTests.FineTuning with { Epochs = 8, Views = SegmentationTests.FineTuning.Views with { MinArea = 1, MinAspect = 1, MaxAspect = 1, FlipProbability = 1 } };
            var result = Step3Segmentation.Run(
                settings, SmallSettings.Encoder, null, SyntheticScenes.Of(48, 1000, mirrored), SyntheticScenes.Of(24, 2000), SmallSettings.Context(folder.Create($"mirrored {mirrored}")) with { CheckpointInterval = TimeSpan.FromHours(1) });
            return Math.Round(2 * (double)result.Metrics["pixelAccuracy"]) / 2;   // as ResultFolder writes it
        }
    }

    private static (int?, string) SwapTemperatures()
    {
        using var checkout = new ApprovedCheckout();
        checkout.Rekey(key => KeyOf(key, teacher: 0.07, student: 0.1));
        checkout.Approve("keys of real settings");
        checkout.Measure(ApprovedCheckout.Cells);
        checkout.Rekey(key => KeyOf(key, teacher: 0.07, student: 0.1));
        Assert.Equal(0, checkout.Verify().ExitCode);

        checkout.Measure(ApprovedCheckout.Cells);
        checkout.Rekey(key => KeyOf(key, teacher: 0.1, student: 0.07));
        return checkout.Verify();
    }

    /// <summary>The evaluate key that the pipeline would give to a run of CMD with these temperatures.</summary>
    private static string KeyOf(string run, double teacher, double student)
    {
        var conditions = new Conditions(run, 0, "cpu", 1);
        var source = Step1Pretraining.Key(SmallSettings.SimClr, SmallSettings.Encoder, conditions, "photos", null);
        var settings = SmallSettings.Distillation(new CmdSettings(teacher, student, Relational: false, IncludeSelf: true));
        var distilled = Step2Distillation.Key(settings, SmallSettings.Encoder, SmallSettings.Encoder, conditions, source, Initialisation.Source, "pairs");
        return Step3Evaluation.Key(SmallSettings.LinearEvaluation, SmallSettings.Encoder, conditions, distilled, "train", "test").Hash;
    }

    private static Func<StepContext, StepContext> Broken(string network, Action<nn.Module> sabotage) => context => context with
    {
        Loaded = (name, module) => { if (name == network) sabotage(module); },
    };

    private static void Unfreeze(nn.Module network)
    {
        foreach (var parameter in network.parameters()) parameter.requires_grad = true;
    }

    /// <summary>Keeps the head of the first epoch and puts it back after the last update, as a search for the best epoch would.</summary>
    private static StepContext EarlierEpoch(StepContext context)
    {
        nn.Module? head = null;
        var kept = new List<Tensor>();
        return context with
        {
            Loaded = (name, module) => { if (name == "head") head = module; },
            Report = progress =>
            {
                using var noGradient = no_grad();
                if (progress.Step == progress.Steps / 2) kept.AddRange(head!.parameters().Select(parameter => parameter.clone().DetachFromDisposeScope()));
                if (progress.Step < progress.Steps) return;
                foreach (var (parameter, earlier) in head!.parameters().Zip(kept)) parameter.copy_(earlier);
                kept.ForEach(earlier => earlier.Dispose());
            },
        };
    }

    private static void Peek(bool twice)
    {
        var unseen = new UnseenImages(SmallSettings.Photos);
        if (twice) unseen.Reveal().Read([3]).Dispose();
        unseen.Read([3]).Dispose();
    }

    // Items 1000 … 1031 train. An item is leaked where number and place modulo four agree, as the last of 972 … 1000 does.
    private static void Evaluate(ScratchFolder folder, Func<StepContext, StepContext> change, LabelledDataset? test = null) => Step3Evaluation.Run(
        SmallSettings.LinearEvaluation, SmallSettings.Encoder, SmallSettings.Teacher(folder), SmallSettings.Labelled(32, 1000), test ?? SmallSettings.Labelled(40, 2000),
        change(SmallSettings.Context(folder.Create("run"))));

    private static void Distil(ScratchFolder folder, Func<StepContext, StepContext> change) => Step2Distillation.Run(
        SmallSettings.Distillation(SmallSettings.Cmc), SmallSettings.Encoder, SmallSettings.Encoder, Initialisation.Random, SmallSettings.Teacher(folder), SmallSettings.Pairs,
        change(SmallSettings.Context(folder.Create("run"))));
}
