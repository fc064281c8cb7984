using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>What makes a tier's numbers comparable with the printed ones, and what even faithful runs may differ by.</summary>
/// <param name="TestItems">Number of test items by the role of the labelled data (<see cref="CellSettings.Downstream"/>), as in the paper; a run on another number is not compared.</param>
/// <param name="Gaps">Declared differences that count as none, each with its reason. Independent of each other; may be empty.</param>
public sealed record TierParity([Range(1, int.MaxValue)] IReadOnlyDictionary<string, int> TestItems, IReadOnlyList<ParityGap> Gaps);
