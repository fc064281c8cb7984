using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Pipeline;

/// <summary>The smallest settings on which the steps still learn: seconds for a whole chain.</summary>
internal static class SmallSettings
{
    private static readonly ViewSettings Views = new(
        Size: SyntheticImages.Side, MinArea: 0.5, MaxArea: 1, MinAspect: 0.75, MaxAspect: 4.0 / 3, FlipProbability: 0.5, JitterProbability: 0.8,
        Brightness: 0.4, Contrast: 0.4, Saturation: 0.4, Hue: 0.1, GreyscaleProbability: 0.2, BlurProbability: 0, BlurSigmaMin: 0.1, BlurSigmaMax: 2,
        Interpolation: Repro.Experiments.Interpolation.Bilinear);

    public static readonly EncoderSettings Encoder = new(Repro.Experiments.Architecture.ResNet18, Width: 4, Repro.Experiments.Stem.Small, InputChannels: 1, Repro.Experiments.Precision.Fp32, SamePaddedPool: false);

    public static readonly SimClrSettings SimClr = new(Temperature: 0.5, ProjectionDimension: 16, LearningRate: 1e-3, BatchSize: 8, Epochs: 2, Views);

    public static readonly EvaluationSettings LinearEvaluation = new(Protocol.LE, 1e-2, BatchSize: 8, Epochs: 10, Milestones: [0.6, 0.7, 0.8], DecayFactor: 0.1, HeadInitStd: 0.01, Views);

    public static readonly EvaluationSettings FineTuning = LinearEvaluation with { Protocol = Protocol.FT, LearningRate = 1e-3, Epochs = 2 };

    public static readonly SyntheticImages Photos = new(32, 4, background: 0);

    public static readonly PairedDataset Pairs = new("bars", "pairs-hash", Photos, new SyntheticImages(32, 4, background: 255), [.. Enumerable.Range(0, 32)]);

    public static LabelledDataset Labelled(int count, int firstItem)
    {
        var images = new SyntheticImages(count, 4, background: 255, firstItem);
        return new("bars", $"hash-{count}-{firstItem}", images, images.Labels, ["a", "b", "c", "d"]);
    }

    public static DistillationSettings Distillation(LossSettings loss) =>
        new(loss, Repro.Experiments.Projector.Mlp, TeacherFeature.Pooled, SharedGeometry: true, LearningRate: 1e-3, BatchSize: 8, Epochs: 2, Views);

    public static CmcSettings Cmc { get; } = new(0.1, Symmetric: true, MultiPositive: true);

    public static CmdSettings Cmd { get; } = new(0.1, 0.1, Relational: false, IncludeSelf: true);

    public static StepContext Context(string folder, CancellationToken cancellation = default) => new()
    {
        Seed = 0,
        Device = TorchSharp.torch.CPU,
        WorkFolder = folder,
        CheckpointInterval = TimeSpan.Zero,
        Cancellation = cancellation,
    };

    /// <summary>A pretrained teacher's folder.</summary>
    public static string Teacher(ScratchFolder folder)
    {
        var path = folder.Create("teacher");
        Step1Pretraining.Run(SimClr, Encoder, Photos, null, Step1Pretraining.SourceStream, Context(path));
        return path;
    }
}
