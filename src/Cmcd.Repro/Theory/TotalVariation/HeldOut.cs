namespace Cmcd.Repro.Theory.TotalVariation;

/// <summary>P(source | x) under equal priors, for items that the classifier was not trained on.</summary>
/// <param name="Source">Items of the source, each in [0, 1].</param>
/// <param name="Target">Items of the target.</param>
public sealed record HeldOut(IReadOnlyList<double> Source, IReadOnlyList<double> Target);
