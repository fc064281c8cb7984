namespace Cmcd.Repro.Verdicts;

/// <summary>What the paper's own numbers say about one of its sentences.</summary>
public enum AuditVerdict
{
    /// <summary>The numbers bear it out.</summary>
    Supported,

    /// <summary>The numbers speak against it.</summary>
    Contradicted,

    /// <summary>It holds only after rounding, only within noise, or only in some of its cells.</summary>
    Borderline,

    /// <summary>The printed numbers cannot decide it.</summary>
    Untestable,
}
