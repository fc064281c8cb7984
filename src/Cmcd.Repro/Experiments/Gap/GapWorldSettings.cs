using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments.Gap;

/// <summary>What all levels share: classes, latents, and the map from latents to what is observed.</summary>
/// <param name="Classes">K, equally likely.</param>
/// <param name="Content">d, dimensions of the latent that knows the class.</param>
/// <param name="Style">Dimensions of the nuisance: independent of class and of the other modality.</param>
/// <param name="Observed">Dimensions of an observation; at least content + style.</param>
/// <param name="Separation">Root mean square distance of two class means, in standard deviations of the latent within a class.</param>
/// <param name="Slope">Negative slope of the leaky ReLU in the map; above 0, so that the map can be inverted; 1 is linear.</param>
/// <param name="SourceNoise">Standard deviation of the source's content noise, in those of the latent within a class.</param>
/// <param name="SourceStyleShare">Share of the style that a source view draws anew: how good its augmentation is, [0, 1].</param>
/// <param name="TargetStyleShare">The same of a target view.</param>
public sealed record GapWorldSettings(
    [Range(2, 1000)] int Classes,
    [Range(1, 1000)] int Content,
    [Range(0, 1000)] int Style,
    [Range(2, 2000)] int Observed,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double Separation,
    [Range(0, 1.0, MinimumIsExclusive = true)] double Slope,
    [Range(0, double.MaxValue)] double SourceNoise,
    [Range(0, 1.0)] double SourceStyleShare,
    [Range(0, 1.0)] double TargetStyleShare);
