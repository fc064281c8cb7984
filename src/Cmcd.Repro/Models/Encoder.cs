using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>A ResNet without classifier: images to pooled features.</summary>
/// <remarks>
/// Source: He et al., arXiv 1512.03385, in torchvision's form (v1.5); keys and shapes of the state dict are torchvision's without fc, so
/// weights interchange. Normalisation: momentum 0.1, epsilon 1e-5; batch statistics in train mode, running ones in eval mode.
/// Weights are stored channels-last; build the optimiser after any <c>to(device)</c>, which replaces the parameters.
/// </remarks>
public sealed class Encoder : Module<Tensor, Tensor>
{
    private static readonly int[] BasicDepths = [2, 2, 2, 2];
    private static readonly int[] BottleneckDepths = [3, 4, 6, 3];

    private readonly Convolution _convolution;
    private readonly BatchNormalization _norm;
    private readonly ResidualBlock[][] _stages;

    /// <summary>A network with fresh weights: convolutions N(0, 2 / fan-out), normalisations 1 and 0.</summary>
    /// <param name="options">Shape and arithmetic.</param>
    /// <param name="seed">Of the weights, 0 … 2^32 - 1; the same seed gives the same bits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, an enum has an unknown value, or the seed is out of range.</exception>
    /// <exception cref="ArgumentException">SAME pooling is asked of a stem that does not pool.</exception>
    public Encoder(EncoderOptions options, long seed) : this(options, new WeightSource(seed, WeightStream.Encoder)) { }

    private Encoder(EncoderOptions options, WeightSource source) : base(nameof(Encoder))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.InputChannels);
        if (options.SamePaddedPool && options.Stem != Stem.ImageNet)
            throw new ArgumentException($"SamePaddedPool needs Stem.ImageNet; Stem.{options.Stem} does not pool.", nameof(options));

        Options = options;
        var (kernel, stride) = options.Stem switch
        {
            Stem.ImageNet => (7, 2),
            Stem.Small => (3, 1),
            Stem.SmallStrided => (3, 2),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Stem, "Unknown stem."),
        };
        var (depths, bottleneck) = options.Architecture switch
        {
            Architecture.ResNet18 => (BasicDepths, false),
            Architecture.ResNet50 => (BottleneckDepths, true),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Architecture, "Unknown architecture."),
        };

        register_module("conv1", _convolution = new Convolution(options.InputChannels, options.Width, kernel, stride, source));
        register_module("bn1", _norm = new BatchNormalization(options.Width));

        var expansion = bottleneck ? ResidualBlock.BottleneckExpansion : 1;
        var inputs = options.Width;
        _stages = new ResidualBlock[depths.Length][];
        for (var stage = 0; stage < depths.Length; stage++)
        {
            var planes = options.Width << stage;
            _stages[stage] = new ResidualBlock[depths[stage]];
            for (var block = 0; block < depths[stage]; block++)
            {
                _stages[stage][block] = new ResidualBlock(inputs, planes, stride: stage > 0 && block == 0 ? 2 : 1, bottleneck, source);
                inputs = planes * expansion;
            }

            register_module($"layer{stage + 1}", new ModuleList<ResidualBlock>(_stages[stage]));
        }

        StageChannels = [.. depths.Select((_, stage) => ((long)options.Width << stage) * expansion)];
    }

    /// <summary>A network whose convolutions are 0, to be filled: drawing a 4x's 375 million numbers takes time, and half as much memory again.</summary>
    /// <inheritdoc cref="Encoder(EncoderOptions, long)"/>
    public static Encoder Blank(EncoderOptions options) => new(options, new WeightSource(null, WeightStream.Encoder));

    /// <summary>What the network was built from.</summary>
    public EncoderOptions Options { get; }

    /// <summary>Channels of the four stage maps.</summary>
    public IReadOnlyList<long> StageChannels { get; }

    /// <summary>D of the features [N, D]: the channels of the last stage.</summary>
    public long FeatureDimension => StageChannels[^1];

    /// <summary>Features of a batch.</summary>
    /// <param name="x">[N, C, H, W], float32, C as in the options; any memory order.</param>
    /// <returns>[N, D], float32, ≥ 0 (after the last ReLU).</returns>
    /// <exception cref="ArgumentException">x has another shape or type.</exception>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return Run(x, stages: null, recorder: null).MoveToOuterDisposeScope();
    }

    /// <summary>Features of a batch together with the stage maps and, if asked for, the normalisations' input statistics.</summary>
    /// <param name="x">As for <see cref="forward"/>.</param>
    /// <param name="batchStatistics">Also take the statistics; costs one pass over every convolution's output.</param>
    /// <exception cref="ArgumentException">x has another shape or type.</exception>
    public EncoderTrace Trace(Tensor x, bool batchStatistics = false)
    {
        using var scope = NewDisposeScope();
        var stages = new List<Tensor>(_stages.Length);
        var recorder = batchStatistics ? new StatisticsRecorder(scope) : null;
        var features = Run(x, stages, recorder);

        scope.MoveToOuter(features);
        scope.MoveToOuter(stages);
        foreach (var (mean, variance) in recorder?.Layers ?? []) scope.MoveToOuter(mean, variance);
        return new EncoderTrace(features, stages, recorder?.Layers ?? []);
    }

    /// <summary>Running mean and variance of every batch normalisation, [C] each, in the order of <see cref="EncoderTrace.BatchStatistics"/>.</summary>
    /// <remarks>The layers' own tensors: they move with training, and must not be disposed.</remarks>
    public IReadOnlyList<(Tensor Mean, Tensor Variance)> RunningStatistics() =>
        [.. _stages.SelectMany(stage => stage).SelectMany(block => block.Norms).Prepend(_norm).Select(norm => norm.RunningStatistics)];

    /// <summary>Makes the network a fixed function: eval mode, no parameter takes gradients.</summary>
    /// <returns>This encoder.</returns>
    public Encoder Frozen()
    {
        eval();
        foreach (var parameter in parameters()) parameter.requires_grad = false;
        return this;
    }

    /// <summary>Leaves what it makes in the caller's scope.</summary>
    private Tensor Run(Tensor x, List<Tensor>? stages, StatisticsRecorder? recorder)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.dim() != 4 || x.shape[1] != Options.InputChannels || x.dtype != ScalarType.Float32)
        {
            throw new ArgumentException(
                $"Expected images [N, {Options.InputChannels}, H, W] of Float32, got [{string.Join(", ", x.shape)}] of {x.dtype}.", nameof(x));
        }

        var h = ReadImage(x, recorder);
        foreach (var stage in _stages)
        {
            foreach (var block in stage)
            {
                using var previous = h;   // frees each map at once where no graph needs it
                h = block.Run(h, recorder);
            }

            stages?.Add(Widen(h));
        }

        return Widen(h).mean([2L, 3L]);
    }

    private Tensor ReadImage(Tensor x, StatisticsRecorder? recorder)
    {
        using var scope = NewDisposeScope();
        var input = ChannelsLast.Copy(x, Options.Precision == Precision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32);
        var convolved = _convolution.call(input);
        recorder?.Record(convolved);
        var h = _norm.call(convolved).relu_();
        if (Options.Stem == Stem.ImageNet)
        {
            h = Options.SamePaddedPool ? MaxPoolSame(h) : functional.max_pool2d(h, 3, 2, 1);
        }

        return h.MoveToOuterDisposeScope();
    }

    /// <summary>Max-pooling, window 3, stride 2, padded as TensorFlow's SAME: an odd extra row or column goes to the end.</summary>
    internal static Tensor MaxPoolSame(Tensor x)
    {
        var (top, bottom) = Sides(x.shape[2]);
        var (left, right) = Sides(x.shape[3]);
        using var padded = functional.pad(x, [left, right, top, bottom], PaddingModes.Constant, double.NegativeInfinity);
        return functional.max_pool2d(padded, 3, 2);

        static (long Before, long After) Sides(long size)
        {
            var total = (((size + 1) / 2) - 1) * 2 + 3 - size;   // 1 for even sizes, 2 for odd ones
            return (total / 2, total - (total / 2));
        }
    }

    /// <summary>A float32 tensor with a life of its own: h itself is freed when the next block has read it.</summary>
    private static Tensor Widen(Tensor h) => h.dtype == ScalarType.Float32 ? h.alias() : h.to(ScalarType.Float32);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) StateDict.Release(this);   // TorchSharp would leave parameters and buffers to the finalizer
        base.Dispose(disposing);
    }
}
