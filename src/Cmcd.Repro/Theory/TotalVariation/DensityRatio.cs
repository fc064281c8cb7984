namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>E1b: total variation from estimated posteriors, the plug-in beside E1's bound.</summary>
/// <remarks>
/// With equal priors and η(x) = P(source | x): TV = E |2 η(x) - 1| over the even mixture of both. Exact for the true η; an over-confident η makes it too large, so
/// that E1 and E1b enclose the truth in practice, not by proof.
/// </remarks>
public static class DensityRatio
{
    /// <summary>The plug-in, in [0, 1].</summary>
    /// <param name="heldOut">Posteriors of held-out items.</param>
    /// <exception cref="InvalidOperationException">A side is empty.</exception>
    public static double Of(HeldOut heldOut)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        return (Mean(heldOut.Source) + Mean(heldOut.Target)) / 2;
    }

    private static double Mean(IReadOnlyList<double> posteriors) => posteriors.Average(posterior => Math.Abs((2 * posterior) - 1));
}
