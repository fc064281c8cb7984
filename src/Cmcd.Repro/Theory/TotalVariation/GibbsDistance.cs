using Cmcd.Repro.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>E4: total variation between the pair distributions of two encoders on the same items, the theorem's d_TV.</summary>
/// <remarks>
/// Source: arXiv 2405.03355, Eq. (9) and Theorem 3.3. P(i, j) ∝ exp(cos(z_i, z_j) / τ) over pairs of one encoder's own features; TV = ½ Σ |P_A - P_B|.
/// Given the encoders, only the draw of items moves it. It depends weakly on the number of items and strongly on the temperature.
/// </remarks>
public static class GibbsDistance
{
    private const int Orders = 10;
    private const int ShuffleUse = 0;

    /// <summary>The value and its reference after shuffling.</summary>
    /// <param name="source">Source-modality features, [N, D], N ≥ 3; any length, they are normalised here.</param>
    /// <param name="target">Target-modality features of the same items in the same order, [N, D']; D' may differ.</param>
    /// <param name="temperature">Divides cosine similarity; unitless, &gt; 0.</param>
    /// <param name="form">Which distribution.</param>
    /// <param name="seed">Of the random orders.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">temperature is zero or negative.</exception>
    public static GibbsEstimate Measure(Tensor source, Tensor target, double temperature, GibbsForm form, long seed)
    {
        FeatureMatrices.RequirePaired(source, target);
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var first = Probabilities(source, temperature, form);
        var second = Probabilities(target, temperature, form);
        var shuffled = 0.0;
        for (var draw = 0; draw < Orders; draw++)
        {
            using var inner = NewDisposeScope();
            var order = tensor(new CounterRandom(seed, Purpose.Estimator, ShuffleUse, draw).NextPermutation((int)target.shape[0]), dtype: int64, device: target.device);
            shuffled += Between(first, second.index_select(0, order).index_select(1, order), form);
        }

        return new(Between(first, second, form), shuffled / Orders);
    }

    /// <summary>The pair distribution of one encoder.</summary>
    /// <param name="features">[N, D]; any length, they are normalised here.</param>
    /// <param name="temperature">Divides cosine similarity; unitless, &gt; 0.</param>
    /// <param name="form">Which distribution.</param>
    /// <returns>[N, N], float64; all entries, or those of each row, sum to 1. Zero on a diagonal that the form leaves out.</returns>
    public static Tensor Probabilities(Tensor features, double temperature, GibbsForm form)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var count = features.shape[0];
        var unit = normalize(features.to(float64), dim: 1);
        var logits = unit.matmul(unit.t()) / temperature;                                                        // [N, N]
        if (!form.Diagonal) logits = logits.masked_fill(eye(count, dtype: ScalarType.Bool, device: features.device), double.NegativeInfinity);
        return (form.RowWise ? softmax(logits, 1) : softmax(logits.flatten(), 0).view(count, count)).MoveToOuterDisposeScope();
    }

    private static double Between(Tensor first, Tensor second, GibbsForm form)
    {
        using var scope = NewDisposeScope();
        return (first - second).abs().sum().ToDouble() / 2 / (form.RowWise ? first.shape[0] : 1);
    }
}
