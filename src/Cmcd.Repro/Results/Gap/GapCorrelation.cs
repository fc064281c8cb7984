namespace Cmcd.Repro.Results.Gap;

/// <summary>How one outcome goes with one quantity over a knob's levels: a line of summary.csv.</summary>
/// <param name="Statistic">spearman, or slope for the pair-count law.</param>
/// <param name="Knob">What was turned.</param>
/// <param name="Quantity">The estimator of total variation, or what else is set against the outcome.</param>
/// <param name="Method">The method.</param>
/// <param name="Protocol">LE or FT; empty where none enters.</param>
/// <param name="Outcome">The scale.</param>
/// <param name="Value">Over the levels' means of all seeds.</param>
/// <param name="Low">Lower end of the 95 % interval over seeds; null with one seed.</param>
/// <param name="High">Upper end.</param>
/// <param name="Predicted">positive, negative, or none where the theory predicts nothing.</param>
/// <param name="Found">positive or negative where the interval leaves zero out, else open.</param>
/// <param name="Seeds">Number of seeds.</param>
public sealed record GapCorrelation(
    string Statistic, string Knob, string Quantity, string Method, string Protocol, string Outcome, double Value, double? Low, double? High, string Predicted, string Found, int Seeds);
