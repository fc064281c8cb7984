using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>A square convolution without bias that keeps the grid (before its stride) and runs in the format of its input.</summary>
internal sealed class Convolution : Module<Tensor, Tensor>
{
    private readonly Parameter weight;   // [outputs, inputs, kernel, kernel], channels-last; the field's name is the state-dict key
    private readonly long[] _stride;
    private readonly long[] _padding;

    /// <remarks>He initialisation, fan-out: N(0, 2 / (outputs · kernel²)), as torchvision's ResNet.</remarks>
    public Convolution(int inputs, int outputs, int kernel, int stride, WeightSource source) : base(nameof(Convolution))
    {
        using var scope = NewDisposeScope();
        var values = source.Normal([outputs, inputs, kernel, kernel], Math.Sqrt(2.0 / ((double)outputs * kernel * kernel)));
        weight = new Parameter(ChannelsLast.Copy(values, ScalarType.Float32));
        weight.DetachFromDisposeScope();
        register_parameter(nameof(weight), weight);
        _stride = [stride, stride];
        _padding = [kernel / 2, kernel / 2];
    }

    public override Tensor forward(Tensor x)
    {
        if (x.dtype == weight.dtype) return functional.conv2d(x, weight, strides: _stride, padding: _padding);

        using var cast = weight.to(x.dtype);   // gradients return to the float32 master through the cast
        return functional.conv2d(x, cast, strides: _stride, padding: _padding);
    }
}
