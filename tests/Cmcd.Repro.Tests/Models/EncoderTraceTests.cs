using Cmcd.Repro.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

public class EncoderTraceTests
{
    private static readonly EncoderOptions Tiny = new(Architecture.ResNet18, 4, Stem.Small);

    [Theory]
    [InlineData(Precision.Fp32), InlineData(Precision.Bf16)]
    public void Trace_gives_the_features_of_forward_and_pools_its_last_map(Precision precision)
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(Tiny with { Precision = precision }, seed: 0).Frozen();
        var x = FormulaWeights.Input(3, 3, 16, 16);
        var trace = encoder.Trace(x, batchStatistics: true);

        Assert.Equal(FormulaWeights.Values(encoder.call(x)), FormulaWeights.Values(trace.Features));
        Assert.Equal(FormulaWeights.Values(trace.Stages[3].mean([2L, 3L])), FormulaWeights.Values(trace.Features));
        Assert.Equal(encoder.StageChannels, trace.Stages.Select(map => map.shape[1]));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Statistics_of_the_first_two_layers_match_loops(bool train)
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(Tiny, seed: 0);
        FormulaWeights.Fill(encoder);
        encoder.train(train);
        var state = encoder.state_dict().ToDictionary(pair => pair.Key, pair => FormulaWeights.Values(pair.Value));
        const int count = 2, side = 6;
        var x = FormulaWeights.Input(count, 3, side, side);

        var statistics = encoder.Trace(x, batchStatistics: true).BatchStatistics;

        var first = Convolve3(FormulaWeights.Values(x), state["conv1.weight"], count, 3, 4, side);
        var (mean, variance) = Moments(first, count, 4, side * side);
        AssertClose(mean, statistics[0].Mean);
        AssertClose(variance, statistics[0].Variance);

        var (shift, scale) = train ? (mean, variance) : (state["bn1.running_mean"], state["bn1.running_var"]);
        var activated = first.Select((value, place) =>
        {
            var channel = place / (side * side) % 4;
            return Math.Max(0, ((value - shift[channel]) / Math.Sqrt(scale[channel] + 1e-5) * state["bn1.weight"][channel]) + state["bn1.bias"][channel]);
        }).ToArray();
        (mean, variance) = Moments(Convolve3(activated, state["layer1.0.conv1.weight"], count, 4, 4, side), count, 4, side * side);
        AssertClose(mean, statistics[1].Mean);
        AssertClose(variance, statistics[1].Variance);
    }

    /// <summary>In train mode the running values move by a tenth of the batch's: so each layer's statistics stand at the place of its running ones.</summary>
    [Theory]
    [InlineData(Architecture.ResNet18, 20), InlineData(Architecture.ResNet50, 53)]
    public void Statistics_come_in_the_order_of_the_running_ones(Architecture architecture, int layers)
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(Tiny with { Architecture = architecture }, seed: 0);
        var statistics = encoder.Trace(FormulaWeights.Input(4, 3, 16, 16), batchStatistics: true).BatchStatistics;
        var running = encoder.RunningStatistics();

        Assert.Equal(layers, statistics.Count);
        Assert.Equal(layers, running.Count);
        for (var layer = 0; layer < layers; layer++)
            AssertClose([.. FormulaWeights.Values(running[layer].Mean).Select(value => value * 10)], statistics[layer].Mean);
    }

    [Theory]
    [InlineData(Precision.Fp32), InlineData(Precision.Bf16)]
    public void Gradients_flow_from_maps_and_statistics_to_the_first_weight(Precision precision)
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(Tiny with { Precision = precision }, seed: 0);
        var weight = encoder.get_parameter("conv1.weight")!;
        var trace = encoder.Trace(FormulaWeights.Input(4, 3, 16, 16), batchStatistics: true);

        Tensor[] sources =
            [.. trace.Stages.Select(map => map.square().sum()), .. trace.BatchStatistics.SelectMany(layer => new[] { layer.Mean.sum(), layer.Variance.sum() })];
        foreach (var source in sources)
        {
            weight.grad?.zero_();
            source.backward(retain_graph: true);
            Assert.True(weight.grad!.abs().sum().ToDouble() > 0);
        }
    }

    private static double[] Convolve3(double[] x, double[] weight, int count, int inputs, int outputs, int side)
    {
        var result = new double[count * outputs * side * side];
        for (var place = 0; place < result.Length; place++)
        {
            var (n, o, row, column) = (place / (outputs * side * side), place / (side * side) % outputs, place / side % side, place % side);
            for (var term = 0; term < inputs * 9; term++)
            {
                var (c, i, j) = (term / 9, row + (term % 9 / 3) - 1, column + (term % 3) - 1);
                if (i < 0 || j < 0 || i >= side || j >= side) continue;
                result[place] += weight[(o * inputs * 9) + term] * x[(((((n * inputs) + c) * side) + i) * side) + j];
            }
        }

        return result;
    }

    private static (double[] Mean, double[] Variance) Moments(double[] x, int count, int channels, int area)
    {
        var (mean, variance) = (new double[channels], new double[channels]);
        for (var i = 0; i < x.Length; i++) mean[i / area % channels] += x[i] / (count * area);
        for (var i = 0; i < x.Length; i++) variance[i / area % channels] += Math.Pow(x[i] - mean[i / area % channels], 2) / (count * area);
        return (mean, variance);
    }

    private static void AssertClose(double[] expected, Tensor actual)
    {
        var values = FormulaWeights.Values(actual);
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], tolerance: 1e-5);
    }
}
