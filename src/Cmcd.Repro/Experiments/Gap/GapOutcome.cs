using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments.Gap;

/// <summary>A scale on which methods are compared, and how the theory's reading says it goes with total variation.</summary>
/// <param name="Scale">The scale.</param>
/// <param name="Sign">positive or negative.</param>
public sealed record GapOutcome(GapScale Scale, [AllowedValues("positive", "negative")] string Sign);
