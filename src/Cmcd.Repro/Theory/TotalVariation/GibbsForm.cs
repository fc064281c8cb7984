namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>Which distribution over pairs of items is meant; the paper's Eq. (9) does not say.</summary>
/// <param name="RowWise">One distribution a row (partners of item i), distances averaged over rows; otherwise one over all pairs.</param>
/// <param name="Diagonal">An item's pair with itself has a probability, too.</param>
public readonly record struct GibbsForm(bool RowWise, bool Diagonal)
{
    /// <summary>One distribution over all pairs of two different items: the form that is reported first.</summary>
    public static GibbsForm Global { get; } = new(RowWise: false, Diagonal: false);

    /// <summary>All four, <see cref="Global"/> first.</summary>
    public static IReadOnlyList<GibbsForm> All { get; } = [Global, new(true, false), new(false, true), new(true, true)];

    /// <summary>As metrics are named: global, row, global-diagonal, row-diagonal.</summary>
    public override string ToString() => (RowWise ? "row" : "global") + (Diagonal ? "-diagonal" : "");
}
