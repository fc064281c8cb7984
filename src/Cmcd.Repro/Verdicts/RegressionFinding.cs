namespace Cmcd.Repro.Verdicts;

/// <summary>One way in which results differ from what was approved, or cannot be believed.</summary>
/// <param name="Kind">What sort.</param>
/// <param name="Message">Which cell, both values, the tolerance and its origin, in one line.</param>
public sealed record RegressionFinding(FindingKind Kind, string Message)
{
    /// <summary>"MOVED: …".</summary>
    public override string ToString() => $"{Kind}: {Message}";
}
