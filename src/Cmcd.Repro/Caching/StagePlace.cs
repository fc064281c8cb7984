namespace Cmcd.Repro.Caching;

/// <summary>Where everything of one key lies.</summary>
internal sealed record StagePlace(string Store, StageKey Key)
{
    public const string QuarantineName = "quarantine";
    public const string RecordName = "stage.json";
    public const string QuarantineReasonName = "reason.txt";

    public string StageFolder => Path.Combine(Store, Key.Stage);

    public string Lock => Path.Combine(StageFolder, Key.Hash + ".lock");

    public string Work => Path.Combine(StageFolder, Key.Hash + ".work");

    /// <summary>Outputs and record on their way: never read, swept when found.</summary>
    public string Staging => Path.Combine(StageFolder, Key.Hash + ".new");

    public string Output => Path.Combine(StageFolder, Key.Hash);

    /// <summary>Runs an action on the store's files; what the disk refuses becomes a message the user can act on.</summary>
    /// <exception cref="ReproException">The folder cannot be read or written.</exception>
    public static T Guard<T>(string folder, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ReproException(
                $"Cache folder {folder} cannot be used: {fault.Message} What was stored before is kept. "
                + "Free space or make the folder writable, or choose another one with --cache=DIR, and start again: finished stages are not repeated.",
                fault);
        }
    }

    /// <summary>As above, for an action without a result.</summary>
    public static void Guard(string folder, Action action) => Guard(folder, () => { action(); return true; });
}
