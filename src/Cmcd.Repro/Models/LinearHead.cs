using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>The one-layer classifier of linear evaluation and fine-tuning.</summary>
/// <remarks>Normal weights of the given deviation (0.01 in the common protocol: MoCo, main_lincls), bias 0. Keys: weight [K, D], bias [K].</remarks>
public sealed class LinearHead : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <param name="features">D of the features, at least 1.</param>
    /// <param name="classes">K, at least 1.</param>
    /// <param name="seed">Of the weights; shares no numbers with an encoder or projector of the same seed.</param>
    /// <param name="deviation">Standard deviation of the first weights, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the seed is out of range.</exception>
    public LinearHead(long features, long classes, long seed, double deviation = 0.01) : base(nameof(LinearHead))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        using var scope = NewDisposeScope();
        weight = new Parameter(new WeightSource(seed, WeightStream.LinearHead).Normal([classes, features], deviation));
        bias = new Parameter(zeros(classes));
        scope.Detach(weight, bias);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    /// <param name="x">Features, [N, D], float32.</param>
    /// <returns>Logits, [N, K], float32.</returns>
    /// <exception cref="ArgumentException">x has another shape.</exception>
    public override Tensor forward(Tensor x) => LinearMap.Apply(x, weight, bias);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) StateDict.Release(this);   // TorchSharp would leave parameters and buffers to the finalizer
        base.Dispose(disposing);
    }
}
