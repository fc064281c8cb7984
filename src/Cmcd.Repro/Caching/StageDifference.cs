namespace Cmcd.Repro.Caching;

/// <summary>Says why a stage is not stored: what differs from the nearest one that is.</summary>
internal static class StageDifference
{
    private const int MaxShown = 3;

    /// <returns>"new: …" when the store holds nothing of this stage's name, else "changed: …" against the stored stage with the fewest differences.</returns>
    public static string Explain(StagePlace place)
    {
        var wanted = Parts(place.Key.Version, place.Key.Settings, place.Key.Inputs);
        var nearest = Stored(place.StageFolder)
            .Select(record => Differences(Parts(record.Version, record.Settings, record.Inputs), wanted))
            .MinBy(differences => differences.Count);
        return nearest switch
        {
            null => "new: nothing stored for this stage yet",
            { Count: 0 } => "changed: a setting's kind (its text is the same)",
            _ => $"changed: {string.Join("; ", nearest.Take(MaxShown))}{(nearest.Count > MaxShown ? $"; and {nearest.Count - MaxShown} more" : "")}",
        };
    }

    /// <summary>The readable records of one stage name's folder, in ordinal order of their keys.</summary>
    public static IEnumerable<StageRecord> Stored(string stageFolder) => !Directory.Exists(stageFolder) ? [] : Directory.EnumerateDirectories(stageFolder)
        .Where(folder => !Path.HasExtension(folder))
        .Order(StringComparer.Ordinal)
        .Select(TryRead)
        .OfType<StageRecord>();

    private static StageRecord? TryRead(string folder)
    {
        try
        {
            return StageRecord.Read(Path.Combine(folder, StagePlace.RecordName));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;   // only an explanation or an estimate is at stake: the damaged neighbour is found when its own key is opened
        }
    }

    private static List<string> Differences(Dictionary<string, string> stored, Dictionary<string, string> wanted) =>
    [
        .. stored.Keys.Union(wanted.Keys).Order(StringComparer.Ordinal)
            .Where(name => stored.GetValueOrDefault(name) != wanted.GetValueOrDefault(name))
            .Select(name => $"{name} was {stored.GetValueOrDefault(name, "absent")}, is {wanted.GetValueOrDefault(name, "absent")}"),
    ];

    // The blanks keep the two extra names apart from settings' paths.
    private static Dictionary<string, string> Parts(int version, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string> inputs)
    {
        var parts = new Dictionary<string, string>(settings) { ["stage version"] = SettingsText.Number(version) };
        foreach (var (name, hash) in inputs)
        {
            parts[$"input {name}"] = hash.Length > 12 ? hash[..12] : hash;
        }

        return parts;
    }
}
