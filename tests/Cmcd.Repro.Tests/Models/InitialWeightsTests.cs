using Cmcd.Repro.Models;
using static TorchSharp.torch;
using MemoryMarshal = System.Runtime.InteropServices.MemoryMarshal;
using Unsafe = System.Runtime.CompilerServices.Unsafe;

namespace Cmcd.Repro.Tests.Models;

public class InitialWeightsTests
{
    private static readonly EncoderOptions Tiny = new(Architecture.ResNet50, 8, Stem.ImageNet);

    [Fact]
    public void Same_seed_gives_the_same_bits_whatever_libtorchs_own_generator_did()
    {
        manual_seed(1);
        using var first = new Encoder(Tiny, seed: 4);
        manual_seed(2);
        using var second = new Encoder(Tiny, seed: 4);
        using var other = new Encoder(Tiny, seed: 5);

        Assert.Equal(StateDict.Hash(first), StateDict.Hash(second));
        Assert.NotEqual(StateDict.Hash(first), StateDict.Hash(other));
    }

    [Fact]
    public void Building_modules_leaves_libtorchs_own_generator_alone()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var expected = rand(1).item<float>();
        manual_seed(1);
        using var encoder = new Encoder(Tiny, seed: 0);
        using var projector = Projector.SimClr(8, 8, seed: 0);
        using var head = new LinearHead(8, 8, seed: 0);

        Assert.Equal(expected, rand(1).item<float>());
    }

    [Fact]
    public void Convolutions_have_the_spread_of_He_fan_out_and_normalisations_start_neutral()
    {
        using var encoder = new Encoder(Tiny, seed: 0);
        foreach (var (name, value) in encoder.state_dict())
        {
            var numbers = FormulaWeights.Values(value);
            if (value.dim() == 4)
            {
                var deviation = Math.Sqrt(2.0 / (value.shape[0] * value.shape[2] * value.shape[3]));
                var (mean, spread) = (numbers.Average(), Math.Sqrt(numbers.Average(x => x * x)));
                Assert.True(Math.Abs(mean) < 5 * deviation / Math.Sqrt(numbers.Length), $"{name}: mean {mean}");
                Assert.True(Math.Abs(spread - deviation) < 5 * deviation / Math.Sqrt(2.0 * numbers.Length), $"{name}: {spread}, expected {deviation}");
            }
            else
            {
                var neutral = name.EndsWith("weight", StringComparison.Ordinal) || name.EndsWith("running_var", StringComparison.Ordinal) ? 1 : 0;
                Assert.All(numbers, number => Assert.Equal(neutral, number));
            }
        }
    }

    [Fact]
    public void Each_module_kind_and_each_tensor_draws_numbers_of_its_own()
    {
        using var scope = NewDisposeScope();
        var draws = new List<double[]>();
        foreach (var stream in Enum.GetValues<WeightStream>())
        {
            var source = new WeightSource(0, stream);
            draws.Add(FormulaWeights.Values(source.Uniform([8], 1)));
            draws.Add(FormulaWeights.Values(source.Uniform([8], 1)));
        }

        Assert.Equal(2 * 8 * Enum.GetValues<WeightStream>().Length, draws.SelectMany(draw => draw).Distinct().Count());
    }

    /// <summary>A matrix product's last bit depends on where its operands begin: an array of .NET begins at any multiple of 8.</summary>
    [Fact]
    public void Drawn_weights_begin_where_libtorchs_own_memory_would()
    {
        using var scope = NewDisposeScope();
        var source = new WeightSource(0, WeightStream.LinearHead);
        var weights = Enumerable.Range(1, 50).SelectMany(size => (Tensor[])[source.Normal([size, 3], 1), source.Uniform([size], 1)]).ToArray();

        Assert.All(weights, weight => Assert.Equal(0, Address(weight) % 64));
    }

    private static nint Address(Tensor tensor) => Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>Pinned: results of every later stage rest on these bits.</summary>
    [Fact]
    public void First_weights_of_seed_0_are_the_generators_first_normal_numbers()
    {
        using var encoder = new Encoder(Tiny with { Architecture = Architecture.ResNet18 }, seed: 0);
        var random = new Cmcd.Repro.Randomness.CounterRandom(0, Cmcd.Repro.Randomness.Purpose.Weights, sample: 1);
        var deviation = Math.Sqrt(2.0 / (8 * 9));
        var expected = Enumerable.Range(0, 20).Select(_ => (double)(float)(deviation * random.NextNormal()));

        Assert.Equal(expected, FormulaWeights.Values(encoder.get_parameter("layer1.0.conv1.weight")!).Take(20));
    }
}
