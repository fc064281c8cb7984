namespace Cmcd.Repro.Results;

/// <summary>One stage of a table's runs, as the manifest lists it.</summary>
/// <param name="Stage">Stage name.</param>
/// <param name="Key">Its key's hash.</param>
/// <param name="Reason">Why it ran or did not: "cached", "changed: …".</param>
/// <param name="Seconds">Time it took when it was made, in seconds.</param>
/// <param name="Sentinels">Protocol checks by name and their outcome.</param>
public sealed record ManifestStage(string Stage, string Key, string Reason, double Seconds, IReadOnlyDictionary<string, string> Sentinels);
