using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>Maps encoder features to the space of a loss, and is dropped after training.</summary>
/// <remarks>Keys as a torch Sequential: the place in the list, with ReLU counted ("0.weight", "2.bias", …). Runs in float32.</remarks>
public sealed class Projector : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>?[] _layers;   // null is a ReLU

    private Projector(params Module<Tensor, Tensor>?[] layers) : base(nameof(Projector))
    {
        _layers = layers;
        for (var place = 0; place < layers.Length; place++)
        {
            if (layers[place] is { } layer) register_module($"{place}", layer);
        }
    }

    /// <summary>SimCLR's head: Linear - batch normalisation - ReLU - Linear, hidden width = input width.</summary>
    /// <remarks>Source: Chen et al., arXiv 2002.05709, and its public code (model_util.py), which normalises the hidden layer.</remarks>
    /// <param name="inputs">D of the features, at least 1.</param>
    /// <param name="outputs">Width of the result, at least 1.</param>
    /// <param name="seed">Of the weights; shares no numbers with an encoder of the same seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the seed is out of range.</exception>
    public static Projector SimClr(int inputs, int outputs = 128, long seed = 0)
    {
        var source = Source(inputs, outputs, seed);
        return new Projector(new LinearMap(inputs, inputs, source), new BatchNormalization(inputs), null, new LinearMap(inputs, outputs, source));
    }

    /// <summary>SEED's head: Linear - ReLU - Linear, hidden width = input width.</summary>
    /// <inheritdoc cref="SimClr"/>
    public static Projector Mlp(int inputs, int outputs, long seed)
    {
        var source = Source(inputs, outputs, seed);
        return new Projector(new LinearMap(inputs, inputs, source), null, new LinearMap(inputs, outputs, source));
    }

    /// <summary>One linear layer.</summary>
    /// <inheritdoc cref="SimClr"/>
    public static Projector LinearOnly(int inputs, int outputs, long seed) => new(new LinearMap(inputs, outputs, Source(inputs, outputs, seed)));

    /// <param name="x">Features, [N, inputs], float32.</param>
    /// <returns>[N, outputs], float32; not normalised.</returns>
    /// <exception cref="ArgumentException">x has another shape.</exception>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var h = x;
        foreach (var layer in _layers) h = layer is null ? h.relu_() : layer.call(h);
        return h.MoveToOuterDisposeScope();
    }

    private static WeightSource Source(int inputs, int outputs, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        return new WeightSource(seed, WeightStream.Projector);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) StateDict.Release(this);   // TorchSharp would leave parameters and buffers to the finalizer
        base.Dispose(disposing);
    }
}
