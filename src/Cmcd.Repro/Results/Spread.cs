namespace Cmcd.Repro.Results;

/// <summary>Values over seeds, folded.</summary>
/// <param name="Count">Number of values, at least 1.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Std">Sample standard deviation (n - 1); null for one value.</param>
/// <param name="Low">Lower end of the mean's 95 % Student-t interval; null for one value.</param>
/// <param name="High">Upper end; null for one value.</param>
public sealed record Spread(int Count, double Mean, double? Std, double? Low, double? High);
