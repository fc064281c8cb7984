namespace Cmcd.Repro.Experiments;

/// <summary>Mark on an object in which a field is missing that was told already.</summary>
/// <param name="Name">The field.</param>
internal sealed record MissingField(string Name);
