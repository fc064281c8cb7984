namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>Total variation between two pair distributions, and what it is when nothing links the pairs.</summary>
/// <param name="Value">In [0, 1].</param>
/// <param name="Shuffled">The same after one side's items were put in random order, mean over several orders; in [0, 1].</param>
public sealed record GibbsEstimate(double Value, double Shuffled)
{
    /// <summary>Value / Shuffled: near 1, the pairs share no more than two random orders do. Values at different temperatures compare only by it.</summary>
    public double Ratio => Value == 0 ? 0 : Value / Shuffled;
}
