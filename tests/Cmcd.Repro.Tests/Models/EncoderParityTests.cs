using System.Text.Json;
using Cmcd.Repro.Models;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

/// <summary>Against torchvision's ResNets with the same weights (Golden/make_golden.py).</summary>
public class EncoderParityTests
{
    private const double Tolerance = 1e-4;   // of the tensor's largest value; PyTorch's own float32 strays by 5e-5 from its float64, which the golden file holds

    public static TheoryData<Architecture, Stem, bool> Cases()
    {
        var cases = new TheoryData<Architecture, Stem, bool>();
        foreach (var architecture in Enum.GetValues<Architecture>())
        {
            foreach (var stem in Enum.GetValues<Stem>())
            {
                cases.Add(architecture, stem, false);
                cases.Add(architecture, stem, true);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_running_statistics_match_torchvision(Architecture architecture, Stem stem, bool train)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var golden = Golden(architecture, stem, train);
        using var encoder = new Encoder(new EncoderOptions(architecture, 8, stem), seed: 0);
        FormulaWeights.Fill(encoder);
        encoder.train(train);

        var trace = encoder.Trace(FormulaWeights.Input(8, 3, golden.Side, golden.Side));

        AssertClose(golden.Features, Sample(trace.Features, 64), golden.Scales[0], "features");
        for (var stage = 0; stage < 4; stage++)
        {
            Assert.Equal(golden.MapShapes[stage], trace.Stages[stage].shape);
            AssertClose(golden.Maps[stage], Sample(trace.Stages[stage], golden.Maps[stage].Length), golden.Scales[stage + 1], $"stage {stage + 1}");
        }

        var running = encoder.RunningStatistics();
        AssertClose(golden.RunningMeans, [.. running.Select(layer => FormulaWeights.Values(layer.Mean).Sum())], golden.RunningMeans.Max(Math.Abs), "running means");
        double[] ratios = [.. running.Zip(golden.RunningVariances, (layer, expected) => FormulaWeights.Values(layer.Variance).Sum() / expected)];
        Assert.Equal(golden.RunningVariances.Length, running.Count);
        Assert.All(ratios, ratio => Assert.Equal(1, ratio, Tolerance));
    }

    [Theory]
    [InlineData(8, 8), InlineData(7, 5), InlineData(6, 9)]
    public void Same_padded_pool_matches_a_loop_over_the_unpadded_windows(int height, int width)
    {
        using var scope = NewDisposeScope();
        var x = FormulaWeights.Input(2, 3, height, width) - 1;   // all negative: a pad of zeros would show
        var values = FormulaWeights.Values(x);
        var (rows, columns) = ((height + 1) / 2, (width + 1) / 2);
        var expected = new double[6 * rows * columns];
        for (var place = 0; place < expected.Length; place++)
        {
            // TensorFlow: total padding 1 (even size) or 2 (odd size), the smaller half before.
            var plane = place / (rows * columns);
            var (top, left) = ((2 * (place / columns % rows)) - (height % 2), (2 * (place % columns)) - (width % 2));
            expected[place] = double.NegativeInfinity;
            for (var i = Math.Max(top, 0); i < Math.Min(top + 3, height); i++)
            {
                for (var j = Math.Max(left, 0); j < Math.Min(left + 3, width); j++)
                    expected[place] = Math.Max(expected[place], values[(((plane * height) + i) * width) + j]);
            }
        }

        var pooled = Encoder.MaxPoolSame(x);
        Assert.Equal([2, 3, rows, columns], pooled.shape);
        Assert.Equal(expected, FormulaWeights.Values(pooled));
    }

    [Fact]
    public void Same_padded_pool_is_used_only_when_asked_for()
    {
        using var scope = NewDisposeScope();
        var options = new EncoderOptions(Architecture.ResNet18, 4, Stem.ImageNet);
        using var symmetric = new Encoder(options, seed: 1);
        using var same = new Encoder(options with { SamePaddedPool = true }, seed: 1);
        var x = FormulaWeights.Input(2, 3, 32, 32);

        Assert.Equal(symmetric.Trace(x).Stages[0].shape, same.Trace(x).Stages[0].shape);
        Assert.False(symmetric.call(x).allclose(same.call(x)));
    }

    private static void AssertClose(double[] expected, double[] actual, double scale, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * scale, $"{what}[{i}]: expected {expected[i]}, got {actual[i]} (scale {scale})");
    }

    private static double[] Sample(Tensor t, int count)
    {
        var values = FormulaWeights.Values(t);
        var step = Math.Max(1, values.Length / count);
        return [.. values.Where((_, place) => place % step == 0).Take(count)];
    }

    private static GoldenCase Golden(Architecture architecture, Stem stem, bool train)
    {
        var cases = JsonSerializer.Deserialize<GoldenCase[]>(File.ReadAllText(FormulaWeights.GoldenFile("values.json")), JsonSerializerOptions.Web)!;
        return cases.Single(item => item.Architecture == $"{architecture}" && item.Stem == $"{stem}" && item.Train == train);
    }

    private sealed record GoldenCase(
        string Architecture, string Stem, bool Train, int Side, double[] Scales, double[] Features, long[][] MapShapes, double[][] Maps,
        double[] RunningMeans, double[] RunningVariances);
}
