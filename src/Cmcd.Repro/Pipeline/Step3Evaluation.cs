using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Metrics;
using Cmcd.Repro.Models;
using Cmcd.Repro.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>Step 3 for recognition: a linear head on frozen features (LE), or the whole network with a head (FT), then top-1 on the test set.</summary>
/// <remarks>
/// Source: paper Eq. (6), Appendix C: Adam, milestones at 60, 70, 80 % of the epochs. LE encodes each image once, without augmentation, in eval mode
/// (Departs: experiments/deviations.md, "stored features"). The last epoch counts: the test set is read once, after the last update.
/// </remarks>
public static class Step3Evaluation
{
    /// <summary>Part of the stage key. Raise it when numbers can change, not when code moves.</summary>
    public const int Version = 1;

    private const int Stream = 4;
    private const int EncodeBatch = 256;
    internal const string PredictionsFile = "predictions.safetensors";
    private const string HeadFile = "head.safetensors";

    /// <summary>The stage's key.</summary>
    /// <param name="settings">Protocol, rates, lengths, views.</param>
    /// <param name="encoder">The network evaluated.</param>
    /// <param name="conditions">Tier, seed, device, threads.</param>
    /// <param name="start">The stage that trained the encoder; null for random weights.</param>
    /// <param name="train">Hash of the labelled training set.</param>
    /// <param name="test">Hash of the test set.</param>
    public static StageKey Key(EvaluationSettings settings, EncoderSettings encoder, Conditions conditions, StageKey? start, string train, string test) =>
        StageKey.Of("evaluate", Version, new { settings, encoder, conditions }, [.. start is null ? [] : new[] { ("encoder", start.Hash) }, ("train", train), ("test", test)]);

    /// <summary>Trains the head (and, in FT, the network), predicts the test set and writes predictions and weights to the work folder.</summary>
    /// <param name="settings">Protocol, rates, lengths, views.</param>
    /// <param name="encoderSettings">The network evaluated.</param>
    /// <param name="startFolder">Folder of the encoder; null for random weights.</param>
    /// <param name="train">Labelled training set.</param>
    /// <param name="test">Test set.</param>
    /// <param name="context">Seed, device, work folder, progress.</param>
    /// <returns>The metric <c>top1</c> in percent, among others.</returns>
    /// <exception cref="ProtocolViolationException">The encoder moved in LE, test items stand among the training items, or another state than the last answered.</exception>
    public static StepResult Run(
        EvaluationSettings settings, EncoderSettings encoderSettings, string? startFolder, LabelledDataset train, LabelledDataset test, StepContext context)
    {
        var seed = Networks.SeedOf(context.Seed, Stream);
        var sentinels = new Sentinels();
        sentinels.RequireDisjoint(train.Images, test.Images);
        var unseen = new UnseenImages(test.Images);
        using var encoder = startFolder is null
            ? Networks.CreateEncoder(encoderSettings, seed, context.Device)
            : Networks.LoadEncoder(encoderSettings, startFolder, context.Device);
        using var head = new LinearHead(encoder.FeatureDimension, train.Classes.Count, seed, settings.HeadInitStd).to(context.Device);
        using var labels = tensor(train.Labels.Select(label => (long)label).ToArray(), device: context.Device).DetachFromDisposeScope();

        context.Loaded?.Invoke("head", head);

        Training training;
        int[] predicted;
        if (settings.Protocol == Protocol.LE)
        {
            encoder.Frozen();
            context.Loaded?.Invoke("encoder", encoder);
            (training, predicted) = sentinels.WhileFrozen("encoder", encoder, () =>
            {
                using var features = Encode(encoder, train.Images, settings.Views.Size, context.Device);
                var trained = TrainHead(settings, head, features, labels, seed, context);
                using var testFeatures = Encode(encoder, unseen.Reveal(), settings.Views.Size, context.Device);
                return (trained, Predict(head, testFeatures));
            });
            sentinels.RequireLastEpoch(training.LastWeights, Training.HashOf([head]), unseen);
        }
        else
        {
            training = FineTune(settings, encoder, head, train.Images, labels, seed, context);
            encoder.eval();
            using var testFeatures = Encode(encoder, unseen.Reveal(), settings.Views.Size, context.Device);
            predicted = Predict(head, testFeatures);
            sentinels.RequireLastEpoch(training.LastWeights, Training.HashOf([encoder, head]), unseen);
            Networks.SaveModule(encoder, context.WorkFolder, Networks.EncoderFile);
        }

        Networks.SaveModule(head, context.WorkFolder, HeadFile);
        SavePredictions(predicted, test.Labels, context.WorkFolder);
        var metrics = new Dictionary<string, object>(sentinels.Facts)
        {
            ["top1"] = Top1.Accuracy(predicted, [.. test.Labels]),
            ["epochLosses"] = training.EpochLosses,
        };
        return new(metrics, settings.Protocol == Protocol.LE ? [HeadFile, PredictionsFile] : [Networks.EncoderFile, HeadFile, PredictionsFile]);
    }

    /// <summary>What a finished evaluation answered, and the truth, item by item.</summary>
    /// <param name="folder">The stage's output folder.</param>
    public static (int[] Predicted, int[] Labels) ReadPredictions(string folder)
    {
        using var scope = NewDisposeScope();
        using var stream = File.OpenRead(Path.Combine(folder, PredictionsFile));
        using var content = Safetensors.Read(stream);
        return (content.Tensors["predicted"].data<int>().ToArray(), content.Tensors["label"].data<int>().ToArray());
    }

    /// <summary>The rate of one epoch: the base rate, times the decay factor for each milestone passed.</summary>
    /// <param name="settings">Base rate, milestones as fractions, decay factor.</param>
    /// <param name="epoch">Epoch, 0-based.</param>
    internal static double LearningRate(EvaluationSettings settings, int epoch) =>
        settings.LearningRate * Math.Pow(
            settings.DecayFactor,
            settings.Milestones.Count(milestone => epoch >= Math.Round(milestone * settings.Epochs, MidpointRounding.AwayFromZero)));

    private static Training TrainHead(EvaluationSettings settings, LinearHead head, Tensor features, Tensor labels, long seed, StepContext context)
    {
        using var adam = new Adam(head.parameters());
        var batches = new Batches("The labelled training set", (int)features.shape[0], settings.BatchSize, seed);
        var training = new Training(new Dictionary<string, nn.Module> { ["head"] = head }, adam, batches, settings.BatchSize, settings.Epochs, context);
        while (training.Running)
        {
            using var scope = NewDisposeScope();
            var ids = tensor(Array.ConvertAll(batches.Of(training.Step).ToArray(), id => (long)id), device: context.Device);
            var value = nn.functional.cross_entropy(head.call(features.index_select(0, ids)), labels.index_select(0, ids));
            adam.ZeroGradients();
            value.backward();
            adam.Step(LearningRate(settings, training.Epoch));
            training.Finish(value.item<float>());
        }

        return training;
    }

    private static Training FineTune(EvaluationSettings settings, Encoder encoder, LinearHead head, IImageSet images, Tensor labels, long seed, StepContext context)
    {
        using var adam = new Adam([.. encoder.parameters(), .. head.parameters()]);
        var views = new ViewAugmentation(Networks.Views(settings.Views, images.Background), seed);
        var batches = new Batches("The labelled training set", images.Count, settings.BatchSize, seed);
        var training = new Training(
            new Dictionary<string, nn.Module> { ["encoder"] = encoder, ["head"] = head }, adam, batches, settings.BatchSize, settings.Epochs, context);
        while (training.Running)
        {
            using var scope = NewDisposeScope();
            var ids = batches.Of(training.Step);
            var view = views.Apply(images.Read(ids).to(context.Device), ids, training.Epoch, geometryView: 0, photometryView: 0);
            var wanted = labels.index_select(0, tensor(Array.ConvertAll(ids.ToArray(), id => (long)id), device: context.Device));
            var value = nn.functional.cross_entropy(head.call(encoder.call(view)), wanted);
            adam.ZeroGradients();
            value.backward();
            adam.Step(LearningRate(settings, training.Epoch));
            training.Finish(value.item<float>());
        }

        return training;
    }

    /// <summary>Features of every image in its test view, [N, D]; the caller disposes.</summary>
    private static Tensor Encode(Encoder encoder, IImageSet images, int size, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var chunks = new List<Tensor>();
        for (var start = 0; start < images.Count; start += EncodeBatch)
        {
            using var chunk = NewDisposeScope();
            var indices = Enumerable.Range(start, Math.Min(EncodeBatch, images.Count - start)).ToArray();
            chunks.Add(encoder.call(Networks.TestViewOf(images, images.Read(indices).to(device), size)).MoveToOuterDisposeScope());
        }

        return cat(chunks).DetachFromDisposeScope();
    }

    private static int[] Predict(LinearHead head, Tensor features)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return Array.ConvertAll(head.call(features).argmax(1).cpu().data<long>().ToArray(), label => (int)label);
    }

    internal static void SavePredictions(int[] predicted, IReadOnlyList<int> labels, string folder)
    {
        using var scope = NewDisposeScope();
        using var stream = File.Create(Path.Combine(folder, PredictionsFile));
        Safetensors.Write(stream, new Dictionary<string, Tensor> { ["predicted"] = tensor(predicted), ["label"] = tensor(labels.ToArray()) });
    }
}
