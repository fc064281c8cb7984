using System.Globalization;
using Cmcd.Repro.Experiments;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>All estimators of total variation between two sets of features, by name: never one number alone.</summary>
/// <remarks>Names: e4.global.tau0.07 with .shuffled and .ratio, and so for each form and temperature; e1.logistic with .low, .high, .atleast, e1.mlp; e1b.logistic, e1b.mlp; e2 with .null.</remarks>
public static class Estimates
{
    /// <summary>What needs the same items on both sides: E4.</summary>
    /// <param name="source">Source-modality features, [N, D].</param>
    /// <param name="target">Target-modality features of the same items in the same order, [N, D'].</param>
    /// <param name="settings">Temperatures.</param>
    /// <param name="seed">Of the shuffled references.</param>
    /// <param name="forms">Which distributions; all four when absent.</param>
    public static SortedDictionary<string, double> Paired(Tensor source, Tensor target, EstimatorSettings settings, long seed, IReadOnlyList<GibbsForm>? forms = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var found = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var temperature in settings.Temperatures)
            foreach (var form in forms ?? GibbsForm.All)
            {
                var (name, estimate) = (NameOf(form, temperature), GibbsDistance.Measure(source, target, temperature, form, seed));
                (found[name], found[name + ".shuffled"], found[name + ".ratio"]) = (estimate.Value, estimate.Shuffled, estimate.Ratio);
            }

        return found;
    }

    /// <summary>What compares the two clouds of features alone: E1, E1b and E2, on features of length one as the losses see them.</summary>
    /// <param name="source">Source-modality features, [N, D].</param>
    /// <param name="target">Target-modality features, [M, D]; where M = N, rows i are one item and are never split between training and test.</param>
    /// <param name="settings">Hidden units and cells.</param>
    /// <param name="seed">Of splits, weights and permutations.</param>
    /// <exception cref="ArgumentException">The features are not of one D: without a common space there is nothing to compare.</exception>
    public static SortedDictionary<string, double> Unpaired(Tensor source, Tensor target, EstimatorSettings settings, long seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var (first, second) = (normalize(source, dim: 1), normalize(target, dim: 1));
        var found = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, hidden) in new[] { ("logistic", 0), ("mlp", settings.Hidden) })
        {
            using var training = enable_grad();
            var heldOut = Discriminator.Fit(first, second, hidden, seed);
            var bound = ClassifierBound.Of(heldOut);
            found[$"e1.{name}"] = bound.Value;
            found[$"e1.{name}.low"] = bound.Low;
            found[$"e1.{name}.high"] = bound.High;
            found[$"e1.{name}.atleast"] = bound.AtLeast;
            found[$"e1b.{name}"] = DensityRatio.Of(heldOut);
        }

        var quantised = QuantisedDistance.Measure(first, second, settings.Cells, seed);
        (found["e2"], found["e2.null"]) = (quantised.Value, quantised.Null);
        return found;
    }

    /// <summary>The name of E4 in one form at one temperature.</summary>
    public static string NameOf(GibbsForm form, double temperature) => string.Create(CultureInfo.InvariantCulture, $"e4.{form}.tau{temperature}");
}
