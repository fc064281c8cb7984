namespace Cmcd.Repro.Pipeline;

/// <summary>A sentinel saw the evaluation protocol broken: what was measured would not mean what the table says.</summary>
/// <param name="message">Which rule, what was found.</param>
public sealed class ProtocolViolationException(string message) : ReproException(message);
