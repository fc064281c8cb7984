using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;
using Adam = Cmcd.Repro.Optimizers.Adam;

namespace Cmcd.Repro.Theory.Gap;

/// <summary>Step 3 of the gap experiment: a linear head on frozen features (LE) or on a network that trains along (FT), for all encoders side by side.</summary>
internal static class GapEvaluation
{
    private const int Stream = 3;
    private const double HeadDeviation = 0.01;   // deviations.md, d13

    /// <summary>What each encoder's network answers for the test items, [M][N].</summary>
    /// <param name="step">Lengths and rates.</param>
    /// <param name="encoders">The encoders; they stay as they are.</param>
    /// <param name="fineTune">FT; otherwise LE, on the first view alone.</param>
    /// <param name="train">Views of the labelled items, the test view first; epochs of FT take the others in turn.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="test">Test items.</param>
    /// <param name="classes">K.</param>
    /// <param name="seed">Seed of the run.</param>
    public static int[][] Run(
        GapStep3 step, EncoderStack encoders, bool fineTune, IReadOnlyList<Tensor> train, int[] labels, Tensor test, int classes, long seed)
    {
        using var scope = NewDisposeScope();
        using var networks = EncoderStack.Of([.. Enumerable.Range(0, encoders.Count).Select(place => (encoders, place))]);
        var (count, frozen) = (networks.Count, networks.Encode(train[0]));                                       // [M, N, D]
        using var weight = new Parameter(Normal(count, (int)frozen.shape[2], classes, seed));
        using var bias = new Parameter(zeros(count, 1, classes));
        using var adam = new Adam([weight, bias, .. fineTune ? networks.Parameters : []]);
        var batches = new GapBatches(labels.Length, step.BatchSize, seed, Stream);
        var wanted = tensor(labels, dtype: int64);
        for (var update = 0; update < step.Updates; update++)
        {
            using var inner = NewDisposeScope();
            var ids = batches.Of(update);
            var features = fineTune
                ? networks.Run(train[1 + (batches.EpochOf(update) % (train.Count - 1))][ids]).Output
                : frozen.index_select(1, ids);
            var logits = features.bmm(weight) + bias;                                                            // [M, B, K]
            // Mean over the batch, sum over networks: each trains as it would alone.
            var loss = cross_entropy(logits.flatten(0, 1), wanted[ids].repeat(count)) * count;
            adam.ZeroGradients();
            loss.backward();
            adam.Step(step.RateAt(update));
        }

        using var withoutGradient = no_grad();
        var answers = (networks.Encode(test).bmm(weight) + bias).argmax(2);                                      // [M, N]
        return [.. Enumerable.Range(0, count).Select(place => Array.ConvertAll(answers[place].data<long>().ToArray(), answer => (int)answer))];
    }

    private static Tensor Normal(int count, int features, int classes, long seed)
    {
        // One head for all encoders to start from.
        var random = new CounterRandom(seed, Purpose.Gap, (long)GapPart.Weights, Stream);
        var values = new float[features * classes];
        for (var i = 0; i < values.Length; i++) values[i] = (float)(random.NextNormal() * HeadDeviation);
        return tensor(values).view(1, features, classes).repeat(count, 1, 1);
    }
}
