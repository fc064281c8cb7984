using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Verdicts;

/// <summary>What the printed numbers say about one part of a claim.</summary>
/// <param name="Part">The part.</param>
/// <param name="Verdict">The outcome.</param>
/// <param name="Reason">What decided, in one line: "2 of 8".</param>
/// <param name="Cases">Every case, in order.</param>
public sealed record PartFinding(ClaimPart Part, AuditVerdict Verdict, string Reason, IReadOnlyList<CaseFinding> Cases)
{
    /// <summary>It counts for the claim; otherwise it is shown for comparison.</summary>
    public bool Decides => Part.Aside != true;
}
