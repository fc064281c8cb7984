using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>How total variation between a teacher and an encoder of the target modality is measured: Table 2's distance.</summary>
/// <param name="Items">At most so many source items, each with one target item; the pair distributions cost their square.</param>
/// <param name="Size">Side of the test view; pixels.</param>
/// <param name="Estimators">Temperatures, classifier and codebook.</param>
public sealed record MeasureSettings([Range(30, 20000)] int Items, [Range(1, 1024)] int Size, EstimatorSettings Estimators);
