using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>Step 3 with a few labelled items of each class, drawn and trained several times; the metric is the mean over draws.</summary>
/// <remarks>A draw follows from the run's seed and its number alone, so every method gets the same items.</remarks>
/// <param name="PerClass">Labelled training items of each class; at least 1.</param>
/// <param name="Draws">How often; at least 1.</param>
public sealed record FewShotSettings([Range(1, int.MaxValue)] int PerClass, [Range(1, 1000)] int Draws);
