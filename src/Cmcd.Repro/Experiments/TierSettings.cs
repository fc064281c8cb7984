namespace Cmcd.Repro.Experiments;

/// <summary>The scale at which tables run: which data play which role. Its network sizes and lengths are already merged into the table.</summary>
/// <param name="Name">The file's name: smoke, mini.</param>
/// <param name="StandsIn">Its data stand in for the paper's, so its numbers are never compared with the printed ones.</param>
/// <param name="About">What the tier is for.</param>
/// <param name="Roles">What plays each role.</param>
/// <param name="Parity">How its numbers are compared with the printed ones; null exactly where it stands in.</param>
/// <param name="Rate">How fast a machine it is meant for computes, for a plan where nothing can be timed; null where a plan times.</param>
public sealed record TierSettings(string Name, bool StandsIn, string About, IReadOnlyDictionary<string, RoleSettings> Roles, TierParity? Parity, TierRate? Rate = null);
