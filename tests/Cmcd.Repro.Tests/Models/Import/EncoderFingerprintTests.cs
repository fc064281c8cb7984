using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Import;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models.Import;

public class EncoderFingerprintTests
{
    private const double Tolerance = 1e-4;   // of a layer's deviation: our float32 against PyTorch's float64

    [Theory]
    [InlineData(Architecture.ResNet18), InlineData(Architecture.ResNet50)]
    public void Fingerprint_is_what_PyTorch_computes_from_our_export(Architecture architecture)
    {
        var golden = ExportGolden.Of(architecture);
        using var encoder = golden.Encoder();
        var fingerprint = EncoderFingerprint.Of(encoder);

        Assert.Equal(["layer1", "layer2", "layer3", "layer4", "features"], fingerprint.Layers.Select(layer => layer.Layer));
        var expected = new EncoderFingerprint([.. fingerprint.Layers.Zip(golden.Fingerprint, (layer, numbers) => (layer.Layer, numbers[0], numbers[1]))]);
        Assert.InRange(fingerprint.DistanceFrom(expected), 0, Tolerance);
    }

    [Fact]
    public void Another_padding_or_one_changed_statistic_shows()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var same = ExportGolden.Of(Architecture.ResNet50).Encoder();
        using var symmetric = new Encoder(same.Options with { SamePaddedPool = false }, seed: 0);
        FormulaWeights.Fill(symmetric);
        var fingerprint = EncoderFingerprint.Of(same);
        Assert.InRange(EncoderFingerprint.Of(symmetric).DistanceFrom(fingerprint), 10 * Tolerance, double.MaxValue);

        same.state_dict()["layer3.2.bn2.running_mean"].add_(0.05);
        Assert.InRange(EncoderFingerprint.Of(same).DistanceFrom(fingerprint), 10 * Tolerance, double.MaxValue);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Encoder_is_left_as_it_was(bool training)
    {
        using var encoder = new Encoder(new EncoderOptions(Architecture.ResNet18, 2, Stem.Small, InputChannels: 1), seed: 1);
        encoder.train(training);
        var (hash, before) = (StateDict.Hash(encoder), Tensor.TotalCount);

        _ = EncoderFingerprint.Of(encoder);
        Assert.Equal((hash, before, training), (StateDict.Hash(encoder), Tensor.TotalCount, encoder.training));
    }

    [Fact]
    public void Pictures_are_eight_bit_values_in_the_unit_range()
    {
        using var scope = NewDisposeScope();
        var values = FormulaWeights.Values(EncoderFingerprint.Input(3) * 255);

        Assert.Equal((0, 255), (values.Min(), values.Max()));
        Assert.All(values, value => Assert.Equal(Math.Round(value), value, 1e-4));
        Assert.Equal(((7 * 2 * 2) + (13 * 3 * 3) + (3 * 2 * 3)) % 256, values[(((1 * 3) + 2) * 4096) + (2 * 64) + 3], 1e-4);   // n = 1, c = 2, i = 2, j = 3
    }

    [Fact]
    public void Networks_of_other_layers_are_infinitely_far()
    {
        var one = new EncoderFingerprint([("layer1", 1, 1)]);
        Assert.Equal(double.PositiveInfinity, one.DistanceFrom(new([("layer1", 1, 1), ("layer2", 1, 1)])));
    }
}
