using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Import;

/// <summary>What decides which tensors an encoder's state dict has: all of the options that can be read off weights.</summary>
/// <param name="Architecture">Depth and kind of block.</param>
/// <param name="Width">Channels of stage 1 before expansion.</param>
/// <param name="Kernel">Side of the first convolution: 7 for <see cref="Stem.ImageNet"/>, 3 for the small stems, whose strides differ but not their weights.</param>
/// <param name="InputChannels">C of the input.</param>
public sealed record EncoderShape(Architecture Architecture, int Width, int Kernel, int InputChannels)
{
    private const int PublishedWidth = 64;

    /// <summary>Last part of the batch counter's key, the one tensor that inference does not read.</summary>
    internal const string BatchCounter = "num_batches_tracked";

    /// <summary>The shape of an encoder with these options.</summary>
    public static EncoderShape Of(EncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options.Architecture, options.Width, options.Stem == Stem.ImageNet ? 7 : 3, options.InputChannels);
    }

    /// <summary>Every tensor of the state dict, in torchvision's order, without building the network.</summary>
    public IEnumerable<WeightEntry> Entries()
    {
        var bottleneck = Architecture == Architecture.ResNet50;
        int[] depths = bottleneck ? [3, 4, 6, 3] : [2, 2, 2, 2];
        var expansion = bottleneck ? ResidualBlock.BottleneckExpansion : 1;
        var inputs = Width;
        var entries = Layer("conv1", "bn1", InputChannels, Width, Kernel);
        for (var stage = 0; stage < depths.Length; stage++)
        {
            var planes = Width << stage;
            for (var block = 0; block < depths[stage]; block++, inputs = planes * expansion)
            {
                var at = $"layer{stage + 1}.{block}.";
                entries = bottleneck
                    ? entries.Concat(Layer(at + "conv1", at + "bn1", inputs, planes, 1)).Concat(Layer(at + "conv2", at + "bn2", planes, planes, 3))
                        .Concat(Layer(at + "conv3", at + "bn3", planes, planes * expansion, 1))
                    : entries.Concat(Layer(at + "conv1", at + "bn1", inputs, planes, 3)).Concat(Layer(at + "conv2", at + "bn2", planes, planes, 3));
                if (block == 0 && (stage > 0 || bottleneck)) entries = entries.Concat(Layer(at + "downsample.0", at + "downsample.1", inputs, planes * expansion, 1));
            }
        }

        return entries;
    }

    /// <summary>For messages: "ResNet50 of width 128 (2x), 7 × 7 stem, 3 channels".</summary>
    public override string ToString() =>
        $"{Architecture} of width {Width}{(Width % PublishedWidth == 0 ? $" ({Width / PublishedWidth}x)" : "")}, {Kernel} × {Kernel} stem, {InputChannels} channel{(InputChannels == 1 ? "" : "s")}";

    private static IEnumerable<WeightEntry> Layer(string convolution, string norm, int inputs, int outputs, int kernel) =>
    [
        new($"{convolution}.weight", ScalarType.Float32, [outputs, inputs, kernel, kernel]),
        new($"{norm}.weight", ScalarType.Float32, [outputs]),
        new($"{norm}.bias", ScalarType.Float32, [outputs]),
        new($"{norm}.running_mean", ScalarType.Float32, [outputs]),
        new($"{norm}.running_var", ScalarType.Float32, [outputs]),
        new($"{norm}.{BatchCounter}", ScalarType.Int64, []),
    ];
}
