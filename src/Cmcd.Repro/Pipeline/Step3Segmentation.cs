using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Losses;
using Cmcd.Repro.Metrics;
using Cmcd.Repro.Models;
using Cmcd.Repro.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>Step 3 for segmentation: a 1×1 convolution on the last stage's maps of a frozen encoder (LE), or all of it trained (FT), then mean IoU on the test set.</summary>
/// <remarks>
/// Source: paper Eq. (6), Appendix C; the head is ours (Departs: experiments/deviations.md, "Head of segmentation"). As <see cref="Step3Evaluation"/>: LE encodes each image once,
/// whole and in eval mode (Departs: "stored features"), FT draws a new crop and flip each epoch, for image and label map alike; the last epoch counts. Test images are seen whole:
/// every labelled pixel is asked for.
/// </remarks>
public static class Step3Segmentation
{
    /// <summary>Part of the stage key. Raise it when numbers can change, not when code moves.</summary>
    public const int Version = 1;

    /// <summary>The stage's kind.</summary>
    public const string Stage = "segment";

    private const int Stream = 5;
    private const int EncodeBatch = 16;   // logits of 480 × 640 pixels and 40 classes: 0.8 GB
    internal const string ConfusionsFile = "confusions.safetensors";
    private const string HeadFile = "head.safetensors";

    /// <summary>The stage's key.</summary>
    /// <param name="settings">Protocol, rates, lengths, views.</param>
    /// <param name="encoder">The network evaluated.</param>
    /// <param name="conditions">Tier, seed, device, threads.</param>
    /// <param name="start">The stage that trained the encoder; null for random weights.</param>
    /// <param name="train">Hash of the labelled training set.</param>
    /// <param name="test">Hash of the test set.</param>
    public static StageKey Key(EvaluationSettings settings, EncoderSettings encoder, Conditions conditions, StageKey? start, string train, string test) =>
        StageKey.Of(Stage, Version, new { settings, encoder, conditions }, [.. start is null ? [] : new[] { ("encoder", start.Hash) }, ("train", train), ("test", test)]);

    /// <summary>Trains the head (and, in FT, the network), labels the test images and writes their confusion matrices and the weights to the work folder.</summary>
    /// <param name="settings">Protocol, rates, lengths, views.</param>
    /// <param name="encoderSettings">The network evaluated.</param>
    /// <param name="startFolder">Folder of the encoder; null for random weights.</param>
    /// <param name="train">Labelled training set.</param>
    /// <param name="test">Test set.</param>
    /// <param name="context">Seed, device, work folder, progress.</param>
    /// <returns>The metric <c>miou</c> in percent, among others.</returns>
    /// <exception cref="ReproException">A label map cannot be used: all void, of another shape, or with a label that is no class.</exception>
    /// <exception cref="ProtocolViolationException">The encoder moved in LE, test items stand among the training items, or another state than the last answered.</exception>
    public static StepResult Run(
        EvaluationSettings settings, EncoderSettings encoderSettings, string? startFolder, SegmentedDataset train, SegmentedDataset test, StepContext context)
    {
        var seed = Networks.SeedOf(context.Seed, Stream);
        var sentinels = new Sentinels();
        using var labels = LabelMaps.Read(train).DetachFromDisposeScope();
        using var testLabels = LabelMaps.Read(test).DetachFromDisposeScope();
        sentinels.RequireDisjoint(train.Images, test.Images);
        var unseen = new UnseenImages(test.Images);
        using var encoder = startFolder is null
            ? Networks.CreateEncoder(encoderSettings, seed, context.Device)
            : Networks.LoadEncoder(encoderSettings, startFolder, context.Device);
        using var head = new SegmentationHead(encoder.FeatureDimension, train.Classes.Count, seed, settings.HeadInitStd);
        head.to(context.Device);
        context.Loaded?.Invoke("head", head);

        Training training;
        IReadOnlyList<IReadOnlyList<PixelCount>> confusions;
        if (settings.Protocol == Protocol.LE)
        {
            encoder.Frozen();
            context.Loaded?.Invoke("encoder", encoder);
            (training, confusions) = sentinels.WhileFrozen("encoder", encoder, () =>
            {
                using var maps = Encode(encoder, train.Images, settings.Views.Size, context.Device);
                var trained = TrainHead(settings, head, maps, labels, seed, context);
                return (trained, Score(encoder, head, unseen.Reveal(), testLabels, settings.Views.Size, context.Device));
            });
            sentinels.RequireLastEpoch(training.LastWeights, Training.HashOf([head]), unseen);
        }
        else
        {
            training = FineTune(settings, encoder, head, train.Images, labels, seed, context);
            encoder.eval();
            confusions = Score(encoder, head, unseen.Reveal(), testLabels, settings.Views.Size, context.Device);
            sentinels.RequireLastEpoch(training.LastWeights, Training.HashOf([encoder, head]), unseen);
            Networks.SaveModule(encoder, context.WorkFolder, Networks.EncoderFile);
        }

        Networks.SaveModule(head, context.WorkFolder, HeadFile);
        SaveConfusions(confusions, context.WorkFolder);
        PixelCount[] all = [.. confusions.SelectMany(counts => counts)];
        var metrics = new Dictionary<string, object>(sentinels.Facts)
        {
            ["miou"] = MeanIoU.Percent(all),
            ["pixelAccuracy"] = MeanIoU.PixelAccuracy(all),
            ["epochLosses"] = training.EpochLosses,
        };
        return new(metrics, settings.Protocol == Protocol.LE ? [HeadFile, ConfusionsFile] : [Networks.EncoderFile, HeadFile, ConfusionsFile]);
    }

    /// <summary>The confusion matrix of each test image, without its zeros, as a finished segmentation left it.</summary>
    /// <param name="folder">The stage's output folder.</param>
    public static IReadOnlyList<IReadOnlyList<PixelCount>> ReadConfusions(string folder)
    {
        using var scope = NewDisposeScope();
        using var stream = File.OpenRead(Path.Combine(folder, ConfusionsFile));
        using var content = Safetensors.Read(stream);
        return [.. content.Tensors["counts"].data<int>().ToArray().Chunk(4).GroupBy(entry => entry[0]).Select(image => image.Select(entry => new PixelCount(entry[1], entry[2], entry[3])).ToArray())];
    }

    private static Training TrainHead(EvaluationSettings settings, SegmentationHead head, Tensor maps, Tensor labels, long seed, StepContext context)
    {
        using var adam = new Adam(head.parameters());
        using var loss = new PixelCrossEntropyLoss(SegmentedDataset.Void);
        var batches = new Batches("The labelled training set", (int)maps.shape[0], settings.BatchSize, seed);
        var training = new Training(new Dictionary<string, nn.Module> { ["head"] = head }, adam, batches, settings.BatchSize, settings.Epochs, context);
        while (training.Running)
        {
            using var scope = NewDisposeScope();
            var ids = tensor(Array.ConvertAll(batches.Of(training.Step).ToArray(), id => (long)id));
            var wanted = labels.index_select(0, ids).squeeze(1).to(int64).to(context.Device);                               // [N, H, W]
            var logits = head.call(maps.index_select(0, ids.to(context.Device)), wanted.shape[1], wanted.shape[2]);
            Update(settings, adam, training, loss.call(logits, wanted));
        }

        return training;
    }

    private static Training FineTune(EvaluationSettings settings, Encoder encoder, SegmentationHead head, IImageSet images, Tensor labels, long seed, StepContext context)
    {
        using var adam = new Adam([.. encoder.parameters(), .. head.parameters()]);
        using var loss = new PixelCrossEntropyLoss(SegmentedDataset.Void);
        var views = new ViewAugmentation(Networks.Views(settings.Views, images.Background), seed);
        var batches = new Batches("The labelled training set", images.Count, settings.BatchSize, seed);
        var training = new Training(
            new Dictionary<string, nn.Module> { ["encoder"] = encoder, ["head"] = head }, adam, batches, settings.BatchSize, settings.Epochs, context);
        while (training.Running)
        {
            using var scope = NewDisposeScope();
            var ids = batches.Of(training.Step);
            var view = views.Apply(images.Read(ids).to(context.Device), ids, training.Epoch, geometryView: 0, photometryView: 0);
            var maps = labels.index_select(0, tensor(Array.ConvertAll(ids.ToArray(), id => (long)id)));
            var wanted = views.ApplyToLabels(maps, images.Height, images.Width, ids, training.Epoch, geometryView: 0).to(int64).to(context.Device);
            Update(settings, adam, training, loss.call(head.call(encoder.Trace(view).Stages[^1], wanted.shape[1], wanted.shape[2]), wanted));
        }

        return training;
    }

    private static void Update(EvaluationSettings settings, Adam adam, Training training, Tensor loss)
    {
        adam.ZeroGradients();
        loss.backward();
        adam.Step(Step3Evaluation.LearningRate(settings, training.Epoch));
        training.Finish(loss.item<float>());
    }

    /// <summary>The last stage's map of every image, [N, D, h, w]; the caller disposes.</summary>
    private static Tensor Encode(Encoder encoder, IImageSet images, int size, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return cat([.. Chunks(images.Count).Select(chunk => MapOf(encoder, images, chunk, size, device))]).DetachFromDisposeScope();
    }

    private static List<IReadOnlyList<PixelCount>> Score(Encoder encoder, SegmentationHead head, UnseenImages images, Tensor labels, int size, Device device)
    {
        using var noGradient = no_grad();
        var (height, width) = ((int)labels.shape[2], (int)labels.shape[3]);
        var confusions = new List<IReadOnlyList<PixelCount>>();
        foreach (var chunk in Chunks(images.Count))
        {
            using var scope = NewDisposeScope();
            var predicted = head.call(MapOf(encoder, images, chunk, size, device), height, width).argmax(1).to(uint8).cpu().contiguous().bytes;   // [N, H, W]
            for (var i = 0; i < chunk.Length; i++)
                confusions.Add(MeanIoU.Count(predicted.Slice(i * height * width, height * width), labels.bytes.Slice(chunk[i] * height * width, height * width), (int)head.Classes));
        }

        return confusions;
    }

    private static Tensor MapOf(Encoder encoder, IImageSet images, int[] indices, int size, Device device)
    {
        using var scope = NewDisposeScope();
        return encoder.Trace(TestView.Whole(images.Read(indices).to(device), size)).Stages[^1].MoveToOuterDisposeScope();
    }

    private static IEnumerable<int[]> Chunks(int count) => Enumerable.Range(0, count).Chunk(EncodeBatch);

    internal static void SaveConfusions(IReadOnlyList<IReadOnlyList<PixelCount>> confusions, string folder)
    {
        using var scope = NewDisposeScope();
        using var stream = File.Create(Path.Combine(folder, ConfusionsFile));
        int[] entries = [.. confusions.SelectMany((counts, image) => counts.SelectMany(count => new[] { image, count.Label, count.Predicted, checked((int)count.Pixels) }))];
        Safetensors.Write(stream, new Dictionary<string, Tensor> { ["counts"] = tensor(entries, [entries.Length / 4, 4]) });   // image, label, class given, pixels
    }
}
