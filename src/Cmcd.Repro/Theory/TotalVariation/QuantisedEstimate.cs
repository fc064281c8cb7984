namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>Total variation between two histograms, and how large it is when both come from one law.</summary>
/// <param name="Value">In [0, 1].</param>
/// <param name="Null">Mean of the same after the items changed sides at random: what pure noise gives. A value near it says nothing.</param>
public sealed record QuantisedEstimate(double Value, double Null);
