using Cmcd.Repro.Models;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

public class EncoderShapeTests
{
    [Theory]
    [InlineData(Architecture.ResNet18, 512, 11_689_512)]
    [InlineData(Architecture.ResNet50, 2048, 25_557_032)]
    public void Width_64_has_torchvisions_keys_shapes_and_parameter_count(Architecture architecture, int features, long publishedParameters)
    {
        using var encoder = new Encoder(new EncoderOptions(architecture, 64, Stem.ImageNet), seed: 0);

        var expected = File.ReadAllLines(FormulaWeights.GoldenFile($"keys-{architecture}.txt")).Order(StringComparer.Ordinal);
        var actual = encoder.state_dict().Select(pair => $"{pair.Key} {string.Join('x', pair.Value.shape)}").Order(StringComparer.Ordinal);
        Assert.Equal(expected, actual);

        var classifier = (features * 1000) + 1000;
        var parameters = encoder.parameters().Sum(parameter => parameter.numel());
        Assert.Equal(publishedParameters, parameters + classifier);
        Assert.Equal(parameters, CountByFormula(architecture, 64));
        Assert.Equal(features, encoder.FeatureDimension);
        Assert.Equal([features / 8, features / 4, features / 2, features], encoder.StageChannels);
    }

    /// <summary>Table 1 of the SimCLR paper rounds them to 24, 94 and 375 million.</summary>
    [Theory]
    [InlineData(1, 24), InlineData(2, 94), InlineData(4, 375)]
    public void Wide_ResNet50_has_the_millions_of_parameters_of_the_SimCLR_paper(int widening, int millions) =>
        Assert.Equal(millions, Math.Round(CountByFormula(Architecture.ResNet50, 64 * widening) / 1e6));

    [Fact]
    public void Gradient_step_sees_parameters_in_torchvisions_order()
    {
        using var encoder = new Encoder(new EncoderOptions(Architecture.ResNet50, 2, Stem.ImageNet), seed: 0);
        string[] buffers = ["running_mean", "running_var", "num_batches_tracked"];
        var expected = File.ReadAllLines(FormulaWeights.GoldenFile("keys-ResNet50.txt")).Select(line => line.Split(' ')[0])
            .Where(name => !buffers.Contains(name.Split('.')[^1]));

        Assert.Equal(expected, encoder.named_parameters().Select(pair => pair.name));
    }

    [Theory]
    [InlineData(Stem.ImageNet, 8), InlineData(Stem.Small, 32), InlineData(Stem.SmallStrided, 16)]
    public void Stem_sets_the_grid_of_the_first_stage(Stem stem, int grid)
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(new EncoderOptions(Architecture.ResNet18, 4, stem, InputChannels: 1), seed: 0);
        var trace = encoder.Trace(FormulaWeights.Input(2, 1, 32, 32));

        Assert.Equal([2, 4, grid, grid], trace.Stages[0].shape);
        Assert.Equal([2, 32, grid / 8, grid / 8], trace.Stages[3].shape);
        Assert.Equal([2, 32], trace.Features.shape);
        Assert.Empty(trace.BatchStatistics);
    }

    [Fact]
    public void Wrong_images_are_refused_with_both_shapes_in_the_message()
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(new EncoderOptions(Architecture.ResNet18, 2, Stem.Small), seed: 0);

        var channels = Assert.Throws<ArgumentException>(() => encoder.call(ones(2, 1, 8, 8)));
        Assert.Contains("Expected images [N, 3, H, W] of Float32, got [2, 1, 8, 8] of Float32.", channels.Message);
        Assert.Contains("got [2, 3, 8, 8] of Byte.", Assert.Throws<ArgumentException>(() => encoder.call(ones(2, 3, 8, 8).to(ScalarType.Byte))).Message);
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Encoder(new EncoderOptions(Architecture.ResNet18, 0, Stem.Small), seed: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Encoder(new EncoderOptions(Architecture.ResNet18, 8, Stem.Small, InputChannels: 0), seed: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Encoder(new EncoderOptions(Architecture.ResNet18, 8, (Stem)9), seed: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Encoder(new EncoderOptions((Architecture)9, 8, Stem.Small), seed: 0));
        var unpooled = new EncoderOptions(Architecture.ResNet18, 8, Stem.Small, SamePaddedPool: true);
        Assert.Contains("Stem.Small does not pool", Assert.Throws<ArgumentException>(() => new Encoder(unpooled, seed: 0)).Message);
    }

    /// <summary>Counts from the paper's description alone, ImageNet stem, without classifier.</summary>
    private static long CountByFormula(Architecture architecture, long width)
    {
        var bottleneck = architecture == Architecture.ResNet50;
        long[] depths = bottleneck ? [3, 4, 6, 3] : [2, 2, 2, 2];
        var expansion = bottleneck ? 4 : 1;
        var total = (3 * 49 * width) + (2 * width);
        var inputs = width;
        for (var stage = 0; stage < 4; stage++)
        {
            var planes = width << stage;
            for (var block = 0; block < depths[stage]; block++)
            {
                var outputs = planes * expansion;
                total += bottleneck
                    ? (inputs * planes) + (9 * planes * planes) + (planes * outputs) + (2 * (planes + planes + outputs))
                    : (9 * inputs * planes) + (9 * planes * planes) + (4 * planes);
                if (inputs != outputs) total += (inputs * outputs) + (2 * outputs);
                inputs = outputs;
            }
        }

        return total;
    }
}
