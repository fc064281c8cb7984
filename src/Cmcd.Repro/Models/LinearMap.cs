using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>x Wᵀ + b with PyTorch's default initialisation: both from U(±1/√inputs).</summary>
internal sealed class LinearMap : Module<Tensor, Tensor>
{
    // The fields' names are the state-dict keys.
    private readonly Parameter weight;   // [outputs, inputs]
    private readonly Parameter bias;     // [outputs]

    public LinearMap(long inputs, long outputs, WeightSource source) : base(nameof(LinearMap))
    {
        using var scope = NewDisposeScope();
        var bound = 1 / Math.Sqrt(inputs);
        weight = new Parameter(source.Uniform([outputs, inputs], bound));
        bias = new Parameter(source.Uniform([outputs], bound));
        scope.Detach(weight, bias);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public override Tensor forward(Tensor x) => Apply(x, weight, bias);

    /// <exception cref="ArgumentException">x is no [N, D] with D = the weight's columns.</exception>
    internal static Tensor Apply(Tensor x, Tensor weight, Tensor bias)
    {
        if (x.dim() != 2 || x.shape[1] != weight.shape[1])
            throw new ArgumentException($"Expected features [N, {weight.shape[1]}], got [{string.Join(", ", x.shape)}].", nameof(x));
        return functional.linear(x, weight, bias);
    }
}
