using Newtonsoft.Json;

namespace Cmcd.Repro.Results;

/// <summary>One stage of a table's runs, as the manifest lists it.</summary>
/// <param name="Stage">Its title, for people.</param>
/// <param name="Kind">pretrain, distill or evaluate.</param>
/// <param name="Version">Hand-set version of that kind's meaning.</param>
/// <param name="Key">Its key's hash.</param>
/// <param name="Parents">Keys of the stages it reads.</param>
/// <param name="Reason">Why it ran or did not: "cached", "changed: …".</param>
/// <param name="Seconds">Time it took when it was made, in seconds.</param>
/// <param name="EpochLosses">Mean loss of each epoch.</param>
/// <param name="Sentinels">Protocol checks by name and their outcome, and what else the stage measured.</param>
[JsonObject(ItemRequired = Required.Always)]
public sealed record ManifestStage(
    string Stage,
    string Kind,
    int Version,
    string Key,
    IReadOnlyList<string> Parents,
    string Reason,
    double Seconds,
    IReadOnlyList<double> EpochLosses,
    IReadOnlyDictionary<string, string> Sentinels);
