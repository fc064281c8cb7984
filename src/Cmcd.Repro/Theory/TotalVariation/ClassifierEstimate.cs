namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>A lower bound of total variation from a classifier's held-out answers, and how sure it is.</summary>
/// <param name="Value">TPR + TNR - 1; a chance classifier may fall below 0.</param>
/// <param name="StandardError">Of <paramref name="Value"/>, over draws of the held-out items.</param>
public sealed record ClassifierEstimate(double Value, double StandardError)
{
    private const double TwoSided95 = 1.959963984540054, OneSided95 = 1.6448536269514722;   // quantiles of the standard normal

    /// <summary>Lower end of the two-sided 95 % Wald interval.</summary>
    public double Low => Value - (TwoSided95 * StandardError);

    /// <summary>Upper end of that interval: of the classifier's own bound, not of total variation, which may lie above.</summary>
    public double High => Value + (TwoSided95 * StandardError);

    /// <summary>What total variation is at least, with 95 % confidence.</summary>
    public double AtLeast => Value - (OneSided95 * StandardError);
}
