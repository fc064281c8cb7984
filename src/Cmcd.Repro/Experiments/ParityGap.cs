using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>A difference between two faithful pipelines that says nothing about the method.</summary>
/// <param name="Name">What differs, in a word or two; it stands in the verdicts' reasons.</param>
/// <param name="Points">How much it is known to move an accuracy; percentage points, in [0, 100].</param>
/// <param name="Reason">Why so much, and who measured it.</param>
public sealed record ParityGap(string Name, [Range(0, 100.0)] double Points, string Reason);
