using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Import;
using Cmcd.Repro.Tests.Infrastructure;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models.Import;

public sealed class EncoderImportTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(Architecture.ResNet18, Stem.ImageNet, 3), InlineData(Architecture.ResNet18, Stem.Small, 1)]
    [InlineData(Architecture.ResNet50, Stem.ImageNet, 3), InlineData(Architecture.ResNet50, Stem.SmallStrided, 2)]
    public void Shape_lists_the_state_dict_of_the_network_it_describes(Architecture architecture, Stem stem, int channels)
    {
        using var encoder = new Encoder(new EncoderOptions(architecture, 2, stem, channels), seed: 0);
        Assert.Equal(
            encoder.state_dict().Select(pair => $"{new WeightEntry(pair.Key, pair.Value.dtype, pair.Value.shape)}").Order(),
            EncoderShape.Of(encoder.Options).Entries().Select(entry => $"{entry}").Order());
    }

    [Theory]
    [InlineData(Architecture.ResNet18), InlineData(Architecture.ResNet50)]
    public void Shape_lists_torchvisions_keys_in_torchvisions_order(Architecture architecture) => Assert.Equal(
        File.ReadAllLines(WeightFiles.Golden($"../../Golden/keys-{architecture}.txt")),
        new EncoderShape(architecture, 64, 7, 3).Entries().Select(entry => $"{entry.Name} {string.Join('x', entry.Shape)}"));

    /// <summary>Bytes and parameters of the published checkpoints' encoders: 1x, 2x, 4x.</summary>
    [Theory]
    [InlineData(64, 23_508_032), InlineData(128, 93_907_072), InlineData(256, 375_378_176)]
    public void Published_widths_have_the_published_number_of_parameters(int width, long parameters)
    {
        var entries = new EncoderShape(Architecture.ResNet50, width, 7, 3).Entries().Where(entry => !entry.Name.Contains("running_", StringComparison.Ordinal) && entry.Shape.Length > 0);
        Assert.Equal(parameters, entries.Sum(entry => entry.Bytes) / sizeof(float));
    }

    [Fact]
    public void Blank_encoder_is_a_whole_network_of_zeros()
    {
        using var scope = NewDisposeScope();
        using var blank = Encoder.Blank(WeightFiles.Options(Architecture.ResNet18));
        using var drawn = new Encoder(blank.Options, seed: 0);

        Assert.Equal(0, blank.state_dict()["layer4.1.conv2.weight"].abs().sum().item<float>());
        Assert.Equal(drawn.state_dict().Select(pair => (pair.Key, Strides(pair.Value))), blank.state_dict().Select(pair => (pair.Key, Strides(pair.Value))));

        static string Strides(Tensor tensor) => $"{string.Join('x', tensor.shape)} by {string.Join('x', tensor.stride())}";
    }

    [Fact]
    public void Another_width_is_named_on_both_sides()
    {
        using var file = WeightFile.Open(WeightFiles.Golden(WeightFiles.Bundle));
        var before = WeightFiles.LiveTensors();
        var message = Assert.Throws<ReproException>(() => EncoderImport.Of(file).Load(WeightFiles.Options(Architecture.ResNet50, 256))).Message;

        Assert.Contains("holds a ResNet50 of width 1, 7 × 7 stem, 3 channels; wanted is a ResNet50 of width 256 (4x), 7 × 7 stem, 3 channels", message, StringComparison.Ordinal);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(float.NaN, "layer2.0.conv1.weight holds 1 of 18 values that are NaN or infinite"), InlineData(float.NegativeInfinity, "layer2.0.conv1.weight holds 1 of 18 values")]
    public void Values_that_are_no_numbers_are_refused_by_name(float value, string message)
    {
        var path = WeightFiles.Changed(_scratch.File("w"), state => state["layer2.0.conv1.weight"][1, 0, 2, 2] = tensor(value));
        Assert.Contains(message, WeightFiles.Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_variance_is_refused_by_name()
    {
        var path = WeightFiles.Changed(_scratch.File("w"), state => state["bn1.running_var"][0] = tensor(-0.5f));
        Assert.Contains("bn1.running_var holds the variance -0.5, which is below 0", WeightFiles.Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void All_missing_misshapen_and_left_over_tensors_are_counted_before_anything_is_read()
    {
        var path = WeightFiles.Changed(_scratch.File("w"), state =>
        {
            state.Remove("layer1.0.bn1.bias");
            state["layer1.0.conv1.weight"] = zeros(2, 1, 3, 3);
            state["bn1.running_mean"] = zeros(1, dtype: ScalarType.Int64);
            state["layer5.weight"] = zeros(1);
        });

        var message = WeightFiles.Refusal(path);
        Assert.Contains("is no whole ResNet18 of width 1", message, StringComparison.Ordinal);
        Assert.Contains("bn1.running_mean Int64 [1] does not fit bn1.running_mean Float32 [1]", message, StringComparison.Ordinal);
        Assert.Contains("layer1.0.conv1.weight Float32 [2, 1, 3, 3] does not fit layer1.0.conv1.weight Float32 [1, 1, 3, 3]", message, StringComparison.Ordinal);
        Assert.Contains("missing layer1.0.bn1.bias Float32 [1]; unexpected layer5.weight Float32 [1]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_faults_the_first_are_named_and_all_counted()
    {
        var path = WeightFiles.Changed(_scratch.File("w"), state =>
        {
            foreach (var key in state.Keys.Where(key => key.StartsWith("layer4", StringComparison.Ordinal)).ToArray()) state.Remove(key);
        });
        Assert.Contains("missing layer4.0.conv1.weight Float32 [8, 4, 3, 3]", WeightFiles.Refusal(path), StringComparison.Ordinal);
        Assert.Contains("; and 17 more.", WeightFiles.Refusal(path), StringComparison.Ordinal);   // 30 of the stage, 5 batch counters are not needed, 8 shown
    }

    [Fact]
    public void File_without_an_encoder_says_what_it_holds()
    {
        var path = WeightFiles.Changed(_scratch.File("w"), state =>
        {
            state.Clear();
            state["net.weight"] = zeros(2, 2);
        });
        Assert.Contains("holds no ResNet encoder: neither conv1.weight (torchvision) nor base_model/conv2d/kernel (SimCLR v1). It has 1 tensors, first net.weight Float32 [2, 2]", WeightFiles.Refusal(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScalarType.Float16), InlineData(ScalarType.BFloat16), InlineData(ScalarType.Float64)]
    public void Other_floats_become_float32(ScalarType type)
    {
        using var scope = NewDisposeScope();
        double[] expected = [];
        var path = WeightFiles.Changed(_scratch.File("w"), state =>
        {
            foreach (var key in state.Keys.ToArray()) if (state[key].dtype == ScalarType.Float32) state[key] = state[key].to(type);
            expected = FormulaWeights.Values(state["layer1.0.conv1.weight"]);
        });
        using var file = WeightFile.Open(path);
        using var encoder = EncoderImport.Of(file).Load(WeightFiles.Options(Architecture.ResNet18));

        Assert.Equal(expected.Select(value => (double)(float)value), FormulaWeights.Values(encoder.state_dict()["layer1.0.conv1.weight"]));
    }
}
