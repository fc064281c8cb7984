namespace Cmcd.Repro.Verdicts;

/// <summary>One thing under which two results were made differently.</summary>
/// <param name="Kind">environment, runs, data, stages or settings.</param>
/// <param name="Path">Which one, as in <c>student.precision</c>.</param>
/// <param name="First">Its value in the first results; "absent" where it has none.</param>
/// <param name="Second">Its value in the second.</param>
public sealed record ConditionDifference(string Kind, string Path, string First, string Second);
