namespace Cmcd.Repro.Caching;

/// <summary>An exclusive operating-system lock on one file: it ends with its holder, however that dies.</summary>
/// <remarks>
/// On Unix .NET takes an flock, between processes and inside one; on a file system without flock it silently takes none.
/// The file is never deleted: a waiter could then lock a name that a third process creates anew.
/// </remarks>
internal static class StageLock
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <param name="path">Lock file; made when missing.</param>
    /// <param name="waiting">Called once when another holder has the lock.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public static FileStream Acquire(string path, Action? waiting, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException fault) when (IsHeld(fault))
            {
                waiting?.Invoke();
                waiting = null;
                cancellation.WaitHandle.WaitOne(PollInterval);
            }
        }
    }

    // .NET puts the raw error number here: ERROR_SHARING_VIOLATION, and EWOULDBLOCK of macOS and Linux.
    private static bool IsHeld(IOException fault) =>
        (fault.HResult & 0xFFFF) == (OperatingSystem.IsWindows() ? 32 : OperatingSystem.IsMacOS() ? 35 : 11);
}
