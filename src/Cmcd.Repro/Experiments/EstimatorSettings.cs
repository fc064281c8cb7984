using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>How total variation between two sets of features is estimated.</summary>
/// <param name="Temperatures">Of the pair distributions (E4); unitless; the first is the one that is reported first.</param>
/// <param name="Hidden">Hidden units of the second classifier (E1); the first is logistic.</param>
/// <param name="Cells">Cells of the codebook (E2).</param>
public sealed record EstimatorSettings(
    [MinLength(1), Range(0, double.MaxValue, MinimumIsExclusive = true)] IReadOnlyList<double> Temperatures,
    [Range(1, 10000)] int Hidden,
    [Range(2, 10000)] int Cells);
