using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>Convolutions with normalisation beside a shortcut: ReLU(path(x) + shortcut(x)).</summary>
/// <remarks>Keys as torchvision's BasicBlock and Bottleneck: conv1, bn1, …, downsample.0 (convolution), downsample.1 (normalisation).</remarks>
internal sealed class ResidualBlock : Module
{
    /// <summary>Output channels of a bottleneck block per channel of its 3 × 3 convolution.</summary>
    public const int BottleneckExpansion = 4;

    private readonly List<(Convolution Convolution, BatchNormalization Norm)> _path = [];
    private readonly (Convolution Convolution, BatchNormalization Norm)? _shortcut;

    public ResidualBlock(int inputs, int planes, int stride, bool bottleneck, WeightSource source) : base(nameof(ResidualBlock))
    {
        var outputs = bottleneck ? BottleneckExpansion * planes : planes;
        if (bottleneck)
        {
            Add(inputs, planes, kernel: 1, stride: 1);
            Add(planes, planes, kernel: 3, stride);      // v1.5: the first version strides in the 1 × 1 before
            Add(planes, outputs, kernel: 1, stride: 1);
        }
        else
        {
            Add(inputs, planes, kernel: 3, stride);
            Add(planes, planes, kernel: 3, stride: 1);
        }

        if (stride != 1 || inputs != outputs)
        {
            _shortcut = (new Convolution(inputs, outputs, kernel: 1, stride, source), new BatchNormalization(outputs));
            register_module("downsample", new ModuleList<Module>(_shortcut.Value.Convolution, _shortcut.Value.Norm));
        }

        void Add(int from, int to, int kernel, int stride)
        {
            var (convolution, norm) = (new Convolution(from, to, kernel, stride, source), new BatchNormalization(to));
            _path.Add((convolution, norm));
            register_module($"conv{_path.Count}", convolution);
            register_module($"bn{_path.Count}", norm);
        }
    }

    /// <summary>The block's normalisations in forward order, the shortcut's last.</summary>
    public IEnumerable<BatchNormalization> Norms
    {
        get
        {
            foreach (var (_, norm) in _path) yield return norm;
            if (_shortcut is { } shortcut) yield return shortcut.Norm;
        }
    }

    /// <param name="x">[N, inputs, H, W]; left as it is.</param>
    /// <param name="recorder">Takes the normalisations' input statistics, if given.</param>
    /// <returns>[N, outputs, H / stride, W / stride], in the format of x.</returns>
    public Tensor Run(Tensor x, StatisticsRecorder? recorder)
    {
        using var scope = NewDisposeScope();
        var h = x;
        for (var i = 0; i < _path.Count; i++)
        {
            h = Apply(_path[i], h);
            if (i < _path.Count - 1) h.relu_();
        }

        var identity = _shortcut is { } shortcut ? Apply(shortcut, x) : x;
        return h.add_(identity, HeldScalar.One).relu_().MoveToOuterDisposeScope();

        Tensor Apply((Convolution Convolution, BatchNormalization Norm) layer, Tensor input)
        {
            var convolved = layer.Convolution.call(input);
            recorder?.Record(convolved);
            return layer.Norm.call(convolved);
        }
    }
}
