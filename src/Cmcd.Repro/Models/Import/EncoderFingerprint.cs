using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Import;

/// <summary>What an encoder makes of fixed pictures, layer by layer: two numbers a stage tell whether two encoders are the same function.</summary>
/// <param name="Layers">Mean and standard deviation over all elements of each stage map, then of the features.</param>
/// <remarks>Holds weights, running statistics and padding together: symmetric instead of SAME pooling moves every number of it.</remarks>
public sealed record EncoderFingerprint(IReadOnlyList<(string Layer, double Mean, double Deviation)> Layers)
{
    private const int Pictures = 4;
    private const int Side = 64;   // even at every stage, so that SAME padding is not symmetric

    /// <summary>Runs the pictures through the encoder in eval mode, without gradients; afterwards its mode is what it was.</summary>
    /// <param name="encoder">Any; its weights and statistics stay as they are.</param>
    public static EncoderFingerprint Of(Encoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var training = encoder.training;
        encoder.eval();
        try
        {
            var trace = encoder.Trace(Input(encoder.Options.InputChannels).to(encoder.parameters().First().device));
            return new([.. trace.Stages.Select((map, stage) => Layer($"layer{stage + 1}", map)), Layer("features", trace.Features)]);
        }
        finally
        {
            encoder.train(training);
        }
    }

    /// <summary>The fixed pictures, [4, C, 64, 64] in [0, 1]: (7 i (n + 1) + 13 j (c + 1) + 3 i j) mod 256, divided by 255, with row i and column j.</summary>
    public static Tensor Input(int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        var values = new float[Pictures * channels * Side * Side];
        for (var place = 0; place < values.Length; place++)
        {
            var (plane, i, j) = (place / (Side * Side), place / Side % Side, place % Side);
            values[place] = ((7 * i * ((plane / channels) + 1)) + (13 * j * ((plane % channels) + 1)) + (3 * i * j)) % 256 / 255f;
        }

        return tensor(values, [Pictures, channels, Side, Side]);
    }

    /// <summary>The largest difference of a mean or deviation, relative to the other's deviation of that layer; infinite if the layers differ.</summary>
    public double DistanceFrom(EncoderFingerprint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Layers.Select(layer => layer.Layer).SequenceEqual(other.Layers.Select(layer => layer.Layer))) return double.PositiveInfinity;
        return Layers.Zip(other.Layers, (ours, theirs) => Math.Max(Math.Abs(ours.Mean - theirs.Mean), Math.Abs(ours.Deviation - theirs.Deviation)) / theirs.Deviation).Max();
    }

    private static (string Layer, double Mean, double Deviation) Layer(string name, Tensor values)
    {
        var wide = values.to(ScalarType.Float64);
        return (name, wide.mean().item<double>(), wide.std(unbiased: false).item<double>());
    }
}
