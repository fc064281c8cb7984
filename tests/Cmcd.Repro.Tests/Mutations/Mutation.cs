namespace Cmcd.Repro.Tests.Mutations;

/// <summary>A fault planted on purpose, and what must be said about it.</summary>
/// <param name="Name">What is broken.</param>
/// <param name="CaughtBy">Which check must see it.</param>
/// <param name="ExitCode">What the process must answer; null where the run itself stops.</param>
/// <param name="Says">A part of the one line that must name it.</param>
/// <param name="Try">Plants it; returns exit code and text.</param>
internal sealed record Mutation(string Name, string CaughtBy, int? ExitCode, string Says, Func<(int? ExitCode, string Text)> Try);
