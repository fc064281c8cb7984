using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>A sentence of the paper as predicates over cells, or a predicate that was fixed before our own runs.</summary>
/// <param name="Id">C01 to C34, H1 to H11; unique.</param>
/// <param name="Text">What is claimed, in our words.</param>
/// <param name="Place">Section of the paper; of a predicate, where it comes from.</param>
/// <param name="Quote">The paper's words; a claim has them.</param>
/// <param name="MapsTo">Claims that a predicate of ours tests; it has at least one.</param>
/// <param name="Note">What the reader of the verdict should know beside the arithmetic; null for nothing.</param>
/// <param name="Tables">Which of our tables can test it on runs; empty when none can.</param>
/// <param name="NotOnRuns">Why no table can test it; null where one can.</param>
/// <param name="Parts">At least one.</param>
public sealed record Claim(
    string Id,
    string Text,
    string Place,
    string? Quote,
    IReadOnlyList<string>? MapsTo,
    string? Note,
    IReadOnlyList<string> Tables,
    string? NotOnRuns,
    [MinLength(1)] IReadOnlyList<ClaimPart> Parts) : ISelfChecked
{
    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if (Tables.Count == 0 && NotOnRuns is null) yield return ("tables", "a table, or notOnRuns with the reason beside it");
        if (Tables.Count > 0 && NotOnRuns is not null) yield return ("notOnRuns", "no reason where a table can test it");
        if (Parts.All(part => part.Aside == true)) yield return ("parts", "a part that decides");
    }
}
