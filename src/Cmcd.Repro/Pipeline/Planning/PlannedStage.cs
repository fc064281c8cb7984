namespace Cmcd.Repro.Pipeline.Planning;

/// <summary>One stage of a plan.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="FirstOf">The first experiment that needs it: the one that makes it, if it is not stored.</param>
/// <param name="IsStored">It is stored, and every byte still matches.</param>
/// <param name="Reason">Why it must run or need not, as a run would say it.</param>
public sealed record PlannedStage(Stage Stage, string FirstOf, bool IsStored, string Reason);
