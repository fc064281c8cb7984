using Cmcd.Repro.Models;
using Cmcd.Repro.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cmcd.Repro.Theory.Gap;

/// <summary>M networks of one shape side by side, two layers each: one batched product trains all of them on the batch they share.</summary>
/// <remarks>No weight of one network enters another: with a sum of losses and Adam, each trains as it would alone.</remarks>
internal sealed class EncoderStack : IDisposable
{
    private readonly Parameter[] _weights;   // [M, in, hidden], [M, 1, hidden], [M, hidden, out], [M, 1, out]

    private EncoderStack(IEnumerable<Tensor> weights)
    {
        _weights = [.. weights.Select(weight => new Parameter(weight))];
        foreach (var weight in _weights) weight.DetachFromDisposeScope();
    }

    /// <summary>What is trained.</summary>
    public IReadOnlyList<Parameter> Parameters => _weights;

    /// <summary>M.</summary>
    public int Count => (int)_weights[0].shape[0];

    /// <summary>Networks of random weights (He et al. 2015), zero biases; the stream tells stacks of one seed apart.</summary>
    public static EncoderStack Random(int count, int inputs, int hidden, int outputs, long seed, int stream)
    {
        using var scope = NewDisposeScope();
        return new([Layer(0, inputs, hidden), zeros(count, 1, hidden), Layer(1, hidden, outputs), zeros(count, 1, outputs)]);

        Tensor Layer(int place, int from, int to)
        {
            var random = new CounterRandom(seed, Purpose.Gap, (long)GapPart.Weights, stream, place);
            var values = new float[count * from * to];
            for (var i = 0; i < values.Length; i++) values[i] = (float)(random.NextNormal() * Math.Sqrt(2.0 / from));
            return WeightSource.Aligned(tensor(values, [count, from, to]));
        }
    }

    /// <summary>Copies of networks, in the order given.</summary>
    public static EncoderStack Of(params (EncoderStack Stack, int Place)[] networks)
    {
        using var scope = NewDisposeScope();
        return new(Enumerable.Range(0, 4).Select(layer => cat([.. networks.Select(network => network.Stack._weights[layer].detach()[network.Place..(network.Place + 1)])])));
    }

    /// <summary>What the first networks make of an input.</summary>
    /// <param name="input">[N, in], the same for all, or [M, N, in].</param>
    /// <param name="count">How many; all when absent.</param>
    /// <param name="activated">A ReLU after the last layer: an encoder has one, a projector none.</param>
    /// <returns>What enters each ReLU, [M, N, hidden] and [M, N, out], and the output, [M, N, out].</returns>
    public (Tensor First, Tensor Second, Tensor Output) Run(Tensor input, int? count = null, bool activated = true)
    {
        var use = count ?? Count;
        var stacked = input.dim() == 3 ? input : input.unsqueeze(0).expand(use, -1, -1);
        var first = stacked.bmm(_weights[0].narrow(0, 0, use)) + _weights[1].narrow(0, 0, use);
        var second = relu(first).bmm(_weights[2].narrow(0, 0, use)) + _weights[3].narrow(0, 0, use);
        return (first, second, activated ? relu(second) : second);
    }

    /// <summary>The encoders' features without gradient, [M, N, out], in the caller's dispose scope.</summary>
    public Tensor Encode(Tensor input)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        return Run(input).Output.MoveToOuterDisposeScope();
    }

    /// <summary>The weights by name, for a file.</summary>
    public Dictionary<string, Tensor> State() => _weights.Select((weight, place) => ($"{place}", weight)).ToDictionary(entry => entry.Item1, entry => (Tensor)entry.weight);

    /// <summary>A stack from <see cref="State"/>.</summary>
    public static EncoderStack From(IReadOnlyDictionary<string, Tensor> state) => new(Enumerable.Range(0, 4).Select(place => state[$"{place}"].clone()));

    public void Dispose()
    {
        foreach (var weight in _weights) weight.Dispose();
    }
}
