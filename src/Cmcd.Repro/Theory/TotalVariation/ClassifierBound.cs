namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>E1: how well a classifier tells two distributions apart bounds their total variation from below.</summary>
/// <remarks>
/// TV = sup_A |P(A) - Q(A)|, and any classifier is one such A: E[TPR + TNR - 1] ≤ TV on items it was not trained on. Source: the equal-prior identity
/// TV = 2 · (Bayes accuracy) - 1 (arXiv 2405.15337). A weak classifier makes the bound loose, never wrong; the sides may differ in size.
/// </remarks>
public static class ClassifierBound
{
    /// <summary>The bound from held-out answers.</summary>
    /// <param name="heldOut">P(source | x) of held-out items under equal priors; above one half is an answer for the source.</param>
    /// <exception cref="ArgumentException">A side is empty.</exception>
    public static ClassifierEstimate Of(HeldOut heldOut)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        return Of(Share(heldOut.Source, probability => probability > 0.5), heldOut.Source.Count, Share(heldOut.Target, probability => probability <= 0.5), heldOut.Target.Count);
    }

    /// <summary>The bound from rates.</summary>
    /// <param name="truePositives">Share of the source's held-out items that were called source, [0, 1].</param>
    /// <param name="positives">Their number, at least 1.</param>
    /// <param name="trueNegatives">Share of the target's that were called target, [0, 1].</param>
    /// <param name="negatives">Their number, at least 1.</param>
    public static ClassifierEstimate Of(double truePositives, int positives, double trueNegatives, int negatives) => new(
        truePositives + trueNegatives - 1,
        Math.Sqrt((truePositives * (1 - truePositives) / positives) + (trueNegatives * (1 - trueNegatives) / negatives)));

    private static double Share(IReadOnlyList<double> probabilities, Func<double, bool> right) =>
        probabilities.Count > 0 ? probabilities.Count(right) / (double)probabilities.Count : throw new ArgumentException("Expected held-out items of both sides.");
}
