namespace Cmcd.Repro.Models;

/// <summary>Multiply-adds of an encoder's convolutions, by its formula: what a plan counts where nothing can be timed.</summary>
public static class ForwardCost
{
    /// <param name="options">The encoder.</param>
    /// <param name="size">Height and width of the image, pixels.</param>
    /// <returns>Multiply-adds of one image. At 224 pixels a ResNet-18 has 1.81 · 10⁹, a ResNet-50 4.09 · 10⁹.</returns>
    public static double Of(EncoderOptions options, int size)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var bottleneck = options.Architecture == Architecture.ResNet50;
        int[] depths = bottleneck ? [3, 4, 6, 3] : [2, 2, 2, 2];
        var side = options.Stem == Stem.Small ? size : Halved(size);
        var sum = Convolution(options.InputChannels, options.Width, options.Stem == Stem.ImageNet ? 7 : 3, side);
        if (options.Stem == Stem.ImageNet) side = Halved(side);
        var inputs = options.Width;
        for (var stage = 0; stage < depths.Length; stage++)
        {
            var planes = options.Width << stage;
            var outputs = bottleneck ? ResidualBlock.BottleneckExpansion * planes : planes;
            for (var block = 0; block < depths[stage]; block++, inputs = outputs)
            {
                var before = side;
                if (block == 0 && stage > 0) side = Halved(side);
                sum += bottleneck
                    ? Convolution(inputs, planes, 1, before) + Convolution(planes, planes, 3, side) + Convolution(planes, outputs, 1, side)
                    : Convolution(inputs, planes, 3, side) + Convolution(planes, planes, 3, side);
                if (side != before || inputs != outputs) sum += Convolution(inputs, outputs, 1, side);
            }
        }

        return sum;
    }

    private static double Convolution(int inputs, int outputs, int kernel, int side) => (double)inputs * outputs * kernel * kernel * side * side;

    private static int Halved(int side) => (side + 1) / 2;
}
