namespace Cmcd.Repro.Datasets;

/// <summary>What the disk refuses, as a message the user can act on.</summary>
internal static class StoreDisk
{
    /// <exception cref="ReproException">The path cannot be read or written.</exception>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, fault);
        }
    }

    /// <summary>As above, for an action without a result.</summary>
    public static void Guard(string path, Action action) => Guard(path, () => { action(); return true; });

    public static ReproException Refused(string path, Exception fault) => new(
        $"{path} cannot be used: {fault.Message} Free space or make its folder writable, or choose another one with --cache=DIR, and start again: what was fetched is kept.",
        fault);

    /// <summary>Refuses a download that the disk cannot hold, before it begins.</summary>
    /// <param name="folder">Where it shall lie.</param>
    /// <param name="name">What is said in the message.</param>
    /// <param name="bytes">What is still to come; null where nobody knows.</param>
    /// <exception cref="ReproException">Less is free.</exception>
    public static void RequireSpace(string folder, string name, long? bytes)
    {
        var free = Guard(folder, () => new DriveInfo(folder).AvailableFreeSpace);
        if (bytes > free)
            throw new ReproException($"{name} needs {bytes:N0} more bytes and {folder} has {free:N0} free. Free space, or choose another disk with --cache=DIR.");
    }
}
