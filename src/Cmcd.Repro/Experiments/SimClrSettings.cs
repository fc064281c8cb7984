using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>Self-supervised training by SimCLR: step 1 on source images, and step 2 of the rows SSL and PreSSL on target images.</summary>
/// <remarks>Source: arXiv 2405.03355v2, Eq. (1) and (4); optimiser (Adam, constant rate) from Appendix C.</remarks>
/// <param name="Temperature">Divides cosine similarity; unitless, above 0.</param>
/// <param name="ProjectionDimension">Output dimension of the projection head, which is dropped afterwards; [1, 65536].</param>
/// <param name="LearningRate">Adam's rate; per step, above 0.</param>
/// <param name="BatchSize">Images in a batch, each seen in two views; at least 2.</param>
/// <param name="Epochs">Passes over the data; at least 1.</param>
/// <param name="Views">How each of the two views is drawn.</param>
public sealed record SimClrSettings(
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double Temperature,
    [Range(1, 65536)] int ProjectionDimension,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double LearningRate,
    [Range(2, int.MaxValue)] int BatchSize,
    [Range(1, int.MaxValue)] int Epochs,
    ViewSettings Views);
