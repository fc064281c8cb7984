using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments.Gap;

/// <summary>Numbers of items of one world.</summary>
/// <param name="Source">Source items that train the teacher.</param>
/// <param name="Train">Labelled target items.</param>
/// <param name="Test">Target items that are scored.</param>
/// <param name="Held">Pairs kept from all training, for the estimators and the held-out divergence.</param>
/// <param name="Gibbs">How many of them make the pair distributions: their cost grows with the square.</param>
public sealed record GapSizes(
    [Range(2, int.MaxValue)] int Source,
    [Range(2, int.MaxValue)] int Train,
    [Range(2, int.MaxValue)] int Test,
    [Range(30, int.MaxValue)] int Held,
    [Range(3, 5000)] int Gibbs);
