using Cmcd.Repro.Models;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

public class ProjectorTests
{
    [Fact]
    public void Keys_and_shapes_are_those_of_a_torch_Sequential()
    {
        using var simClr = Projector.SimClr(6, seed: 0);
        using var mlp = Projector.Mlp(6, 4, seed: 0);
        using var linear = Projector.LinearOnly(6, 4, seed: 0);

        Assert.Equal(
            ["0.bias 6", "0.weight 6x6", "1.bias 6", "1.num_batches_tracked ", "1.running_mean 6", "1.running_var 6", "1.weight 6", "3.bias 128", "3.weight 128x6"],
            Keys(simClr));
        Assert.Equal(["0.bias 6", "0.weight 6x6", "2.bias 4", "2.weight 4x6"], Keys(mlp));
        Assert.Equal(["0.bias 4", "0.weight 4x6"], Keys(linear));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Output_matches_the_layers_written_as_loops(bool normalised)
    {
        using var scope = NewDisposeScope();
        using var projector = normalised ? Projector.SimClr(3, 2, seed: 1) : Projector.Mlp(3, 2, seed: 1);
        var state = projector.state_dict().ToDictionary(pair => pair.Key, pair => FormulaWeights.Values(pair.Value));
        var x = FormulaWeights.Input(4, 3);

        var hidden = Linear(FormulaWeights.Values(x), state["0.weight"], state["0.bias"]);
        if (normalised)
        {
            for (var c = 0; c < 3; c++)
            {
                var column = Enumerable.Range(0, 4).Select(n => hidden[(n * 3) + c]).ToArray();
                var mean = column.Average();
                var deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)) + 1e-5);
                for (var n = 0; n < 4; n++) hidden[(n * 3) + c] = (hidden[(n * 3) + c] - mean) / deviation;
            }
        }

        var last = normalised ? "3" : "2";
        var expected = Linear([.. hidden.Select(value => Math.Max(0, value))], state[last + ".weight"], state[last + ".bias"]);
        var actual = FormulaWeights.Values(projector.call(x));
        Assert.Equal(4 * 2, actual.Length);
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], tolerance: 1e-5);
        Assert.Equal(FormulaWeights.Values(FormulaWeights.Input(4, 3)), FormulaWeights.Values(x));   // the in-place ReLU spared the input
    }

    [Fact]
    public void Linear_layers_start_uniform_within_one_over_the_root_of_their_inputs()
    {
        using var projector = Projector.LinearOnly(100, 200, seed: 0);
        var weight = FormulaWeights.Values(projector.get_parameter("0.weight")!);
        var bias = FormulaWeights.Values(projector.get_parameter("0.bias")!);

        Assert.InRange(weight.Max(), 0.0999, 0.1);
        Assert.InRange(weight.Min(), -0.1, -0.0999);
        Assert.InRange(bias.Max(), 0.095, 0.1);
        Assert.InRange(weight.Average(), -0.0021, 0.0021);   // five standard errors: 0.1 / √3 / √20,000
    }

    [Fact]
    public void Head_starts_normal_with_deviation_one_hundredth_and_gives_logits()
    {
        using var scope = NewDisposeScope();
        using var head = new LinearHead(100, 200, seed: 0);
        var weight = FormulaWeights.Values(head.get_parameter("weight")!);

        Assert.Equal(["bias 200", "weight 200x100"], Keys(head));
        Assert.All(FormulaWeights.Values(head.get_parameter("bias")!), value => Assert.Equal(0, value));
        Assert.InRange(Math.Sqrt(weight.Average(value => value * value)), 0.01 - 0.00025, 0.01 + 0.00025);   // five standard errors
        Assert.True(head.call(ones(1, 100)).allclose(head.get_parameter("weight")!.sum(1).unsqueeze(0), atol: 1e-6));
    }

    [Fact]
    public void Features_of_another_width_are_refused_with_both_shapes_in_the_message()
    {
        using var scope = NewDisposeScope();
        using var projector = Projector.LinearOnly(6, 4, seed: 0);
        using var head = new LinearHead(6, 4, seed: 0);

        Assert.Contains("Expected features [N, 6], got [2, 5].", Assert.Throws<ArgumentException>(() => projector.call(ones(2, 5))).Message);
        Assert.Contains("Expected features [N, 6], got [6].", Assert.Throws<ArgumentException>(() => head.call(ones(6))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Projector.Mlp(0, 4, seed: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearHead(4, 0, seed: 0));
    }

    private static double[] Linear(double[] x, double[] weight, double[] bias)
    {
        var (inputs, outputs) = (weight.Length / bias.Length, bias.Length);
        var result = new double[x.Length / inputs * outputs];
        for (var place = 0; place < result.Length; place++)
        {
            var (n, o) = (place / outputs, place % outputs);
            result[place] = bias[o];
            for (var i = 0; i < inputs; i++) result[place] += x[(n * inputs) + i] * weight[(o * inputs) + i];
        }

        return result;
    }

    private static IEnumerable<string> Keys(nn.Module module) =>
        module.state_dict().Select(pair => $"{pair.Key} {string.Join('x', pair.Value.shape)}").Order(StringComparer.Ordinal);
}
