using Cmcd.Repro.Models;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

public class StateDictTests
{
    private static readonly EncoderOptions Tiny = new(Architecture.ResNet18, 4, Stem.Small);

    [Fact]
    public void Copying_makes_modules_equal_and_keeps_the_receivers_own_tensors()
    {
        using var scope = NewDisposeScope();
        using var source = new Encoder(Tiny, seed: 1);
        using var target = new Encoder(Tiny, seed: 2);
        source.call(FormulaWeights.Input(2, 3, 8, 8));   // moves the running statistics too
        var (strides, handle) = (target.get_parameter("layer2.0.conv1.weight")!.stride(), target.get_parameter("conv1.weight")!.Handle);

        StateDict.CopyInto(target, source.state_dict());

        Assert.Equal(StateDict.Hash(source), StateDict.Hash(target));
        Assert.Equal(handle, target.get_parameter("conv1.weight")!.Handle);
        Assert.Equal(strides, target.get_parameter("layer2.0.conv1.weight")!.stride());
        Assert.True(target.get_parameter("conv1.weight")!.requires_grad);

        source.call(FormulaWeights.Input(2, 3, 8, 8));
        Assert.NotEqual(StateDict.Hash(source), StateDict.Hash(target));   // by value, not by reference
    }

    [Fact]
    public void All_faults_are_listed_in_one_message_and_nothing_is_copied()
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(Tiny, seed: 1);
        var hash = StateDict.Hash(encoder);
        var tensors = encoder.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value + 1);
        tensors.Remove("bn1.bias");
        tensors["conv1.weight"] = zeros(4, 1, 3, 3);
        tensors["bn1.weight"] = zeros(4, dtype: ScalarType.BFloat16);
        tensors["fc.weight"] = zeros(10, 32);

        var fault = Assert.Throws<ReproException>(() => StateDict.CopyInto(encoder, tensors));

        Assert.Contains("Encoder (4 faults)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("missing bn1.bias Float32 [4]", fault.Message, StringComparison.Ordinal);
        Assert.Contains("conv1.weight is Float32 [4, 1, 3, 3], expected Float32 [4, 3, 3, 3]", fault.Message, StringComparison.Ordinal);
        Assert.Contains("bn1.weight is BFloat16 [4], expected Float32 [4]", fault.Message, StringComparison.Ordinal);
        Assert.Contains("unexpected fc.weight Float32 [10, 32]", fault.Message, StringComparison.Ordinal);
        Assert.Equal(hash, StateDict.Hash(encoder));
    }

    [Fact]
    public void Hash_sees_one_changed_bit_of_a_parameter_and_of_a_buffer()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var encoder = new Encoder(Tiny, seed: 1);
        var hash = StateDict.Hash(encoder);
        Assert.Matches("^[0-9a-f]{64}$", hash);

        encoder.get_parameter("layer4.1.bn2.bias")![0] = float.Epsilon;
        var second = StateDict.Hash(encoder);
        encoder.RunningStatistics()[^1].Mean[0] = float.Epsilon;
        Assert.Equal(3, new[] { hash, second, StateDict.Hash(encoder) }.Distinct().Count());
    }

    [Fact]
    public void Hash_depends_on_values_and_not_on_memory_order()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var encoder = new Encoder(Tiny, seed: 1);
        var hash = StateDict.Hash(encoder);
        var weight = encoder.get_parameter("layer2.0.conv1.weight")!;
        weight.set_(weight.contiguous());

        Assert.True(weight.is_contiguous());
        Assert.Equal(hash, StateDict.Hash(encoder));
    }

    [Fact]
    public void Hash_tells_apart_shapes_types_and_names_of_equal_bytes()
    {
        using var scope = NewDisposeScope();
        string[] hashes =
        [
            HashOf("t", zeros(2, 3)), HashOf("t", zeros(3, 2)), HashOf("t", zeros(2, 3, dtype: ScalarType.Int32)), HashOf("u", zeros(2, 3)),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());

        static string HashOf(string name, Tensor value)
        {
            using var module = new Holder(name, value);
            return StateDict.Hash(module);
        }
    }

    private sealed class Holder : nn.Module
    {
        public Holder(string name, Tensor value) : base(nameof(Holder)) => register_buffer(name, value);
    }
}
