namespace Cmcd.Repro.Commands;

/// <summary>Who wants the approved numbers changed, why, and on what evidence of variance.</summary>
/// <param name="Reason">Why; never blank.</param>
/// <param name="By">Who; null asks git.</param>
/// <param name="Variance">Results folders of the same table in other determinism classes.</param>
internal sealed record ApprovalRequest(string Reason, string? By, IReadOnlyList<string> Variance);
