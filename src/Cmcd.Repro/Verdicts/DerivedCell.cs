using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Verdicts;

/// <summary>A printed cell that says nothing new: it stands elsewhere too, or follows from other cells.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Claim">The claim that says so.</param>
/// <param name="Arithmetic">What it is printed as, and what it follows from.</param>
/// <param name="Agrees">Both are the same to the last printed digit.</param>
public sealed record DerivedCell(CellAddress Cell, string Claim, string Arithmetic, bool Agrees);
