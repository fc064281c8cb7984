using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Verdicts;

/// <summary>One line of the paper's Table 2, derived again from its Table 1.</summary>
/// <param name="Protocol">LE, a gain over SSL + LE, or FT, a gain over Sup FT.</param>
/// <param name="Method">CMD, as printed, or CMC instead.</param>
/// <param name="Scale">How the gain is expressed.</param>
/// <param name="Gains">By column, in the table's order; points or percent.</param>
/// <param name="Spearman">Rank correlation of the gains with the printed total variation distances, in [-1, 1].</param>
public sealed record GainRow(Protocol Protocol, string Method, Scale Scale, IReadOnlyList<double> Gains, double Spearman);
