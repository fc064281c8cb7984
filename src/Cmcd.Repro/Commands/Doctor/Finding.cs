namespace Cmcd.Repro.Commands.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Name">What was tested.</param>
/// <param name="Health">How it stands.</param>
/// <param name="Found">What was found.</param>
/// <param name="Expected">What is needed, with the origin of a threshold.</param>
/// <param name="Advice">What to do when it is not as expected.</param>
internal sealed record Finding(string Name, Health Health, string Found, string Expected, string Advice);
