using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>The one-layer head of segmentation: a 1×1 convolution of the last stage's map, its logits enlarged to the label map.</summary>
/// <remarks>
/// As FCN-32s without skips (arXiv 1411.4038), bilinear with half-pixel centres (align_corners false). Normal weights of the given deviation, bias 0.
/// Keys: weight [K, D, 1, 1], bias [K]. Departs: experiments/deviations.md, "Head of segmentation".
/// </remarks>
public sealed class SegmentationHead : Module<Tensor, long, long, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <param name="channels">D of the map, at least 1.</param>
    /// <param name="classes">K, at least 1.</param>
    /// <param name="seed">Of the weights; shares no numbers with any other kind of module of the same seed.</param>
    /// <param name="deviation">Standard deviation of the first weights, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the seed is out of range.</exception>
    public SegmentationHead(long channels, long classes, long seed, double deviation = 0.01) : base(nameof(SegmentationHead))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        using var scope = NewDisposeScope();
        weight = new Parameter(new WeightSource(seed, WeightStream.SegmentationHead).Normal([classes, channels, 1, 1], deviation));
        bias = new Parameter(zeros(classes));
        scope.Detach(weight, bias);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    /// <summary>K.</summary>
    public long Classes => weight.shape[0];

    /// <param name="map">The last stage's map, [N, D, h, w], float32.</param>
    /// <param name="height">H of the label map; pixels, at least 1.</param>
    /// <param name="width">W of the label map; pixels, at least 1.</param>
    /// <returns>Logits, [N, K, H, W], float32.</returns>
    /// <exception cref="ArgumentException">map has another shape.</exception>
    public override Tensor forward(Tensor map, long height, long width)
    {
        if (map.dim() != 4 || map.shape[1] != weight.shape[1])
            throw new ArgumentException($"Expected a map [N, {weight.shape[1]}, h, w], got [{string.Join(", ", map.shape)}].", nameof(map));
        using var scope = NewDisposeScope();
        var logits = functional.conv2d(map, weight, bias);                                                                          // [N, K, h, w]
        return functional.interpolate(logits, [height, width], mode: InterpolationMode.Bilinear, align_corners: false).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) StateDict.Release(this);   // TorchSharp would leave parameters and buffers to the finalizer
        base.Dispose(disposing);
    }
}
