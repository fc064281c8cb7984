using Cmcd.Repro.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

public class EncoderPrecisionTests
{
    /// <summary>
    /// Least cosines to float32. PyTorch 1.13's autocast gives the same on torchvision's blocks (features, gradient): ResNet-18 eval 0.99998, 0.9999;
    /// train 0.9998, 0.948; ResNet-50 eval 0.99998, 0.9996; train 0.973, 0.285: batch normalisation of a fresh deep network multiplies
    /// rounding from layer to layer, so its first gradients hardly agree.
    /// </summary>
    [Theory]
    [InlineData(Architecture.ResNet18, false, 0.9999, 0.999)]
    [InlineData(Architecture.ResNet18, true, 0.999, 0.9)]
    [InlineData(Architecture.ResNet50, false, 0.9999, 0.998)]
    [InlineData(Architecture.ResNet50, true, 0.95, 0.1)]
    public void Bf16_points_where_fp32_does(Architecture architecture, bool train, double leastFeatureCosine, double leastGradientCosine)
    {
        using var scope = NewDisposeScope();
        var (features, gradient) = Differentiate(Precision.Fp32);
        var (lowFeatures, lowGradient) = Differentiate(Precision.Bf16);

        Assert.InRange(Cosine(features, lowFeatures), leastFeatureCosine, 0.999999);   // not 1: bfloat16 really ran
        Assert.InRange(Cosine(gradient, lowGradient), leastGradientCosine, 0.999999);

        (Tensor Features, Tensor Gradient) Differentiate(Precision precision)
        {
            using var encoder = new Encoder(new EncoderOptions(architecture, 8, Stem.SmallStrided, Precision: precision), seed: 3);
            encoder.train(train);
            var h = encoder.call(FormulaWeights.Input(16, 3, 32, 32));
            var target = arange(h.shape[1], dtype: ScalarType.Float32).sin();
            (h - target).square().mean().backward();
            Assert.All(encoder.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
            Assert.All(encoder.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.grad!.dtype));
            return (h.detach().flatten(), cat([.. encoder.parameters().Select(parameter => parameter.grad!.contiguous().flatten())]));
        }
    }

    [Theory]
    [InlineData(Precision.Fp32), InlineData(Precision.Bf16)]
    public void Everything_that_leaves_the_network_is_float32(Precision precision)
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(new EncoderOptions(Architecture.ResNet18, 4, Stem.Small, Precision: precision), seed: 0);
        var trace = encoder.Trace(FormulaWeights.Input(2, 3, 16, 16), batchStatistics: true);

        Tensor[] all = [trace.Features, .. trace.Stages, .. trace.BatchStatistics.SelectMany(layer => new[] { layer.Mean, layer.Variance })];
        Assert.All(all, value => Assert.Equal(ScalarType.Float32, value.dtype));
    }

    [Theory]
    [InlineData(Stem.ImageNet, 1, Precision.Fp32, true)]
    [InlineData(Stem.ImageNet, 3, Precision.Bf16, false)]
    [InlineData(Stem.Small, 3, Precision.Fp32, false)]
    [InlineData(Stem.SmallStrided, 1, Precision.Bf16, false)]
    public void Channels_stay_last_from_weights_to_the_fourth_stage(Stem stem, int channels, Precision precision, bool samePaddedPool)
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(new EncoderOptions(Architecture.ResNet50, 4, stem, channels, precision, samePaddedPool), seed: 0);
        Tensor[] weights = [.. encoder.parameters().Where(parameter => parameter.dim() == 4)];

        Assert.All(weights, AssertChannelsLast);
        Assert.All(encoder.Trace(FormulaWeights.Input(2, channels, 64, 64)).Stages, AssertChannelsLast);
    }

    [Fact]
    public void Memory_order_of_the_images_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(new EncoderOptions(Architecture.ResNet18, 4, Stem.Small), seed: 0).Frozen();
        var x = FormulaWeights.Input(2, 3, 16, 16);

        Assert.Equal(FormulaWeights.Values(encoder.call(x)), FormulaWeights.Values(encoder.call(ChannelsLast.Copy(x, ScalarType.Float32))));
    }

    private static void AssertChannelsLast(Tensor t)
    {
        var (channels, height, width) = (t.shape[1], t.shape[2], t.shape[3]);
        Assert.Equal([channels * height * width, 1, width * channels, channels], t.stride());
    }

    private static double Cosine(Tensor a, Tensor b) => nn.functional.cosine_similarity(a, b, dim: 0).ToDouble();
}
