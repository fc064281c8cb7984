using Cmcd.Repro.Models;
using Cmcd.Repro.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;
using Adam = Cmcd.Repro.Optimizers.Adam;

namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>A classifier of source against target features: trained on one half of the items, asked about the other.</summary>
/// <remarks>
/// Logistic regression, or one hidden layer of ReLUs, on standardised features in float64; cross-entropy with both sides weighing one half, all items in every update.
/// The same seed gives the same bits.
/// </remarks>
public static class Discriminator
{
    private const int LeastRows = 4;
    private const int SplitUse = 1, WeightUse = 2;

    private const double LearningRate = 0.02;

    // Tried on Gaussian pairs 1.5 apart in 1, 8 and 64 dimensions, 300 and 1,000 items a side to learn from: the logistic bound has settled at 300 (64 dimensions: 0.48 and 0.52 of
    // 0.55) and does not move to 1,000; the hidden layer begins to learn the items by heart at 100 (8 dimensions: 0.49 at 100, 0.41 at 300, 0.35 at 1,000).
    private const int Updates = 300, UpdatesWithHidden = 100;

    /// <summary>Trains on one half and answers for the other.</summary>
    /// <param name="source">[N, D], N ≥ 4.</param>
    /// <param name="target">[M, D]. Where M = N, rows i belong to one item and fall into the same half.</param>
    /// <param name="hidden">Width of the hidden layer; 0 for logistic regression.</param>
    /// <param name="seed">Of split and first weights.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static HeldOut Fit(Tensor source, Tensor target, int hidden, long seed)
    {
        FeatureMatrices.RequireOneSpace(source, target, LeastRows);
        ArgumentOutOfRangeException.ThrowIfNegative(hidden);
        using var scope = NewDisposeScope();
        var (sourceTrain, sourceTest) = Halves(source, seed, 0);
        var (targetTrain, targetTest) = Halves(target, seed, source.shape[0] == target.shape[0] ? 0 : 1);
        var all = cat([sourceTrain, targetTrain]);
        var (centre, spread) = (all.mean([0]), all.std(0));
        spread = where(spread > 0, spread, ones_like(spread));   // a unit that is always off says nothing
        var weights = Weights((int)source.shape[1], hidden, seed);
        using (var adam = new Adam(weights))
        {
            var (first, second) = ((sourceTrain - centre) / spread, (targetTrain - centre) / spread);
            for (var update = 0; update < (hidden == 0 ? Updates : UpdatesWithHidden); update++)
            {
                using var step = NewDisposeScope();
                adam.ZeroGradients();
                ((softplus(-Logit(weights, first)).mean() + softplus(Logit(weights, second)).mean()) / 2).backward();
                adam.Step(LearningRate);
            }
        }

        using var withoutGradient = no_grad();
        return new(Posterior(sourceTest), Posterior(targetTest));

        double[] Posterior(Tensor features) => Logit(weights, (features - centre) / spread).sigmoid().cpu().data<double>().ToArray();
    }

    private static (Tensor Train, Tensor Test) Halves(Tensor features, long seed, int side)
    {
        var order = new CounterRandom(seed, Purpose.Estimator, SplitUse, side).NextPermutation((int)features.shape[0]);
        var (all, half) = (features.detach().to(float64), order.Length / 2);
        return (all[tensor(order[..half], dtype: int64, device: features.device)], all[tensor(order[half..], dtype: int64, device: features.device)]);
    }

    private static Parameter[] Weights(int inputs, int hidden, long seed) => hidden == 0
        ? [new(zeros(inputs, 1, dtype: float64)), new(zeros(1, dtype: float64))]
        : [new(Normal(0, inputs, hidden, seed)), new(zeros(hidden, dtype: float64)), new(Normal(1, hidden, 1, seed)), new(zeros(1, dtype: float64))];

    private static Tensor Normal(int place, int inputs, int outputs, long seed)
    {
        var random = new CounterRandom(seed, Purpose.Estimator, WeightUse, place);
        var values = new double[inputs * outputs];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextNormal() * Math.Sqrt(2.0 / inputs);   // He et al. 2015
        return WeightSource.Aligned(tensor(values, [inputs, outputs]));
    }

    private static Tensor Logit(Parameter[] weights, Tensor features)
    {
        for (var layer = 0; layer < weights.Length; layer += 2)
        {
            if (layer > 0) features = relu(features);
            features = features.matmul(weights[layer]) + weights[layer + 1];
        }

        return features.squeeze(1);
    }
}
