namespace Cmcd.Repro.Reports.Plots;

/// <summary>One line of a row plot.</summary>
/// <param name="Label">At its left.</param>
/// <param name="Group">A gap divides rows of different groups.</param>
/// <param name="Tip">Shown on hovering: the numbers.</param>
/// <param name="Values">What the axis must reach.</param>
/// <param name="Marks">Draws them about y = 0, given value → x.</param>
internal sealed record PlotRow(string Label, string Group, string Tip, IReadOnlyList<double> Values, Func<Func<double, double>, Html> Marks);
