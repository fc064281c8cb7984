using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>A square convolution without bias that keeps the grid (before its stride) and runs in the format of its input.</summary>
internal sealed class Convolution : Module<Tensor, Tensor>
{
    private const int Lanes = 16;   // float32 numbers of one AVX-512 register

    private readonly Parameter weight;   // [outputs, inputs, kernel, kernel], channels-last; the field's name is the state-dict key
    private readonly long[] _stride;
    private readonly long[] _padding;
    private readonly bool _pickFirst;

    /// <remarks>He initialisation, fan-out: N(0, 2 / (outputs · kernel²)), as torchvision's ResNet.</remarks>
    public Convolution(int inputs, int outputs, int kernel, int stride, WeightSource source) : base(nameof(Convolution))
    {
        using var scope = NewDisposeScope();
        var values = source.Normal([outputs, inputs, kernel, kernel], Math.Sqrt(2.0 / ((double)outputs * kernel * kernel)));
        weight = new Parameter(ChannelsLast.Copy(values, ScalarType.Float32));
        weight.DetachFromDisposeScope();
        register_parameter(nameof(weight), weight);
        _pickFirst = kernel == 1 && stride > 1 && inputs < Lanes;
        _stride = [stride, stride];
        _padding = [kernel / 2, kernel / 2];
    }

    public override Tensor forward(Tensor x)
    {
        // oneDNN 3.7.1 writes past its buffer in the weight gradient of a strided 1×1 convolution of fewer than 16 channels (glibc's heap check finds it
        // with 4, 8 and 12, not with 16, 20 or 24). The pixels that it would read are picked first: the same sums, without a stride.
        if (_pickFirst)
        {
            using var picked = x[.., .., TensorIndex.Slice(step: _stride[0]), TensorIndex.Slice(step: _stride[1])];
            return Convolve(picked, [1, 1]);
        }

        return Convolve(x, _stride);
    }

    private Tensor Convolve(Tensor x, long[] stride)
    {
        if (x.dtype == weight.dtype) return functional.conv2d(x, weight, strides: stride, padding: _padding);

        using var cast = weight.to(x.dtype);   // gradients return to the float32 master through the cast
        return functional.conv2d(x, cast, strides: stride, padding: _padding);
    }
}
