using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Losses;
using Cmcd.Repro.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>Step 1, SimCLR on unlabelled images; also the rows SSL and PreSSL, which run it on the target modality.</summary>
/// <remarks>
/// Source: paper Section 3 Eq. (1); Chen et al. 2020. Both views pass the encoder as one batch, as in the official code, so BatchNorm sees 2N images.
/// Adam at a constant rate (Appendix C). The projector is dropped afterwards. On a GPU, atomics in cuDNN's backward may move the last bits.
/// </remarks>
public static class Step1Pretraining
{
    /// <summary>Part of the stage key. Raise it when numbers can change, not when code moves.</summary>
    public const int Version = 1;

    /// <summary>Which of the run's independent random numbers pretraining on the source draws from.</summary>
    public const int SourceStream = 1;

    /// <summary>Which of the run's independent random numbers SSL and PreSSL draw from.</summary>
    public const int TargetStream = 2;

    /// <summary>The stage's key.</summary>
    /// <param name="settings">SimCLR's settings.</param>
    /// <param name="encoder">The network trained.</param>
    /// <param name="conditions">Tier, seed, device, threads.</param>
    /// <param name="images">Hash of the data set.</param>
    /// <param name="start">The stage whose encoder it starts from; null for random weights.</param>
    /// <param name="updates">As in <see cref="Run"/>.</param>
    public static StageKey Key(SimClrSettings settings, EncoderSettings encoder, Conditions conditions, string images, StageKey? start, int? updates = null) =>
        StageKey.Of("pretrain", Version, updates is null ? new { settings, encoder, conditions } : new { settings, encoder, conditions, updates }, start is null ? [("images", images)] : [("images", images), ("start", start.Hash)]);

    /// <summary>Trains an encoder and writes it to the work folder.</summary>
    /// <param name="settings">SimCLR's settings.</param>
    /// <param name="encoderSettings">The network trained.</param>
    /// <param name="images">Unlabelled images.</param>
    /// <param name="startFolder">Folder of the encoder to start from; null for random weights.</param>
    /// <param name="stream">Which of the run's independent random numbers to use: <see cref="SourceStream"/> or <see cref="TargetStream"/>.</param>
    /// <param name="context">Seed, device, work folder, progress.</param>
    /// <param name="updates">Number of updates, in place of the settings' epochs; null for whole epochs.</param>
    /// <exception cref="ReproException">The set holds clips, or an image is not of the shape its set promises.</exception>
    public static StepResult Run(
        SimClrSettings settings, EncoderSettings encoderSettings, IImageSet images, string? startFolder, int stream, StepContext context, int? updates = null)
    {
        if (images.Frames != 1)
            throw new ReproException($"The unlabelled set holds clips of {images.Frames} frames, SimCLR takes single images. Give it a set of single frames.");
        var seed = Networks.SeedOf(context.Seed, stream);
        using var encoder = startFolder is null
            ? Networks.CreateEncoder(encoderSettings, seed, context.Device)
            : Networks.LoadEncoder(encoderSettings, startFolder, context.Device);
        using var projector = Models.Projector.SimClr((int)encoder.FeatureDimension, settings.ProjectionDimension, seed).to(context.Device);
        using var adam = new Adam([.. encoder.parameters(), .. projector.parameters()]);
        using var loss = new NtXentLoss(settings.Temperature);
        var views = new ViewAugmentation(Networks.Views(settings.Views, images.Background), seed);
        var batches = new Batches("The unlabelled set", images.Count, settings.BatchSize, seed);
        var training = new Training(
            new Dictionary<string, nn.Module> { ["encoder"] = encoder, ["projector"] = projector }, adam, batches, settings.BatchSize, settings.Epochs, context, updates);

        while (training.Running)
        {
            using var scope = NewDisposeScope();
            var ids = batches.Of(training.Step);
            var batch = Items.Read(images, "The unlabelled set", ids).to(context.Device);
            var first = views.Apply(batch, ids, training.Epoch, geometryView: 0, photometryView: 0);
            var second = views.Apply(batch, ids, training.Epoch, geometryView: 1, photometryView: 1);
            var features = projector.call(encoder.call(cat([first, second])));                 // [2N, D]
            var value = loss.call(features[..settings.BatchSize], features[settings.BatchSize..]);
            adam.ZeroGradients();
            value.backward();
            adam.Step(settings.LearningRate);
            training.Finish(value.item<float>());
        }

        Networks.SaveModule(encoder, context.WorkFolder, Networks.EncoderFile);
        return new(new Dictionary<string, object> { ["epochLosses"] = training.EpochLosses, ["updates"] = (double)training.Steps }, [Networks.EncoderFile]);
    }
}
