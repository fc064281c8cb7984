using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Verdicts;

/// <summary>What the printed numbers say about one claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Parts">Its parts, in order.</param>
public sealed record AuditFinding(Claim Claim, IReadOnlyList<PartFinding> Parts)
{
    /// <summary>The parts that count.</summary>
    public IEnumerable<PartFinding> Deciding => Parts.Where(part => part.Decides);

    /// <summary>The parts' common outcome; borderline where one is supported and another is not, else contradicted where one is.</summary>
    public AuditVerdict Verdict
    {
        get
        {
            var verdicts = Deciding.Select(part => part.Verdict).Distinct().ToArray();
            if (verdicts is [var all]) return all;
            return !verdicts.Contains(AuditVerdict.Supported) && verdicts.Contains(AuditVerdict.Contradicted) ? AuditVerdict.Contradicted : AuditVerdict.Borderline;
        }
    }

    /// <summary>A part that counts is contradicted: one method of two is enough.</summary>
    public bool IsContradicted => Deciding.Any(part => part.Verdict == AuditVerdict.Contradicted);
}
