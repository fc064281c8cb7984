using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cmcd.Repro.Caching;

namespace Cmcd.Repro.Commands.Doctor;

/// <summary>Can a folder carry stages or results: room, rights, flushing, renaming, locking, time stamps. Each is tried in a folder of its own there.</summary>
internal static class DiskChecks
{
    private const long Megabyte = 1_000_000;
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);   // FAT's resolution, the coarsest there is

    /// <summary>Free space.</summary>
    /// <param name="what">The folder's part, such as cache.</param>
    /// <param name="folder">It need not exist yet.</param>
    /// <param name="needed">Bytes without which a run fails.</param>
    /// <param name="origin">Where that number comes from.</param>
    public static Finding Space(string what, string folder, long needed, string origin)
    {
        var existing = new DirectoryInfo(folder);
        while (!existing.Exists && existing.Parent is not null) existing = existing.Parent;
        var free = new DriveInfo(existing.FullName).AvailableFreeSpace;
        return new(
            $"{what}: space", free < needed ? Health.Failure : free < 5 * needed ? Health.Warning : Health.Ok, string.Create(CultureInfo.InvariantCulture, $"{free / Megabyte:N0} MB free"),
            string.Create(CultureInfo.InvariantCulture, $"{needed / Megabyte:N0} MB ({origin}), better five times that"), $"Free some space or choose another folder with --{what}=DIR.");
    }

    /// <summary>Rights and semantics, in this order, ending with the first that fails.</summary>
    public static IEnumerable<Finding> Semantics(string what, string folder)
    {
        var (probe, made) = (Path.Combine(folder, $".doctor-{Guid.NewGuid():N}"), !Directory.Exists(folder));
        Finding? refused = null;
        try
        {
            Directory.CreateDirectory(probe);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            refused = new($"{what}: rights", Health.Failure, fault.Message, "files can be made in it", $"Choose another folder with --{what}=DIR, or give this user the right to write.");
        }

        if (refused is not null)
        {
            yield return refused;
            yield break;
        }

        try
        {
            foreach (var check in new Func<string, string, Finding>[] { Flush, Rename, Lock, Stamps })
            {
                var finding = Try(what, probe, check);
                yield return finding;
                if (finding.Health == Health.Failure) yield break;
            }
        }
        finally
        {
            Directory.Delete(probe, recursive: true);
            if (made && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);   // looking leaves nothing behind
        }
    }

    private static Finding Try(string what, string probe, Func<string, string, Finding> check)
    {
        try
        {
            return check(what, probe);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new($"{what}: writing", Health.Failure, fault.Message, "files can be written, flushed and renamed", $"The disk may be full or read-only: choose another folder with --{what}=DIR.");
        }
    }

    private static Finding Flush(string what, string probe)
    {
        var content = new byte[4096];
        var times = new double[8];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            DurableFile.Write(Path.Combine(probe, "flush"), stream => stream.Write(content));
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        var median = times.Order().ElementAt(times.Length / 2);
        return new(
            $"{what}: flush", median > 100 ? Health.Warning : Health.Ok, string.Create(CultureInfo.InvariantCulture, $"writing, flushing and renaming 4 kB takes {median:F1} ms"),
            "at most 100 ms: a resume point is written every 10 s and should cost less than 1 %", $"A slow or network disk: choose a local folder with --{what}=DIR.");
    }

    private static Finding Rename(string what, string probe)
    {
        var file = Path.Combine(probe, "rename");
        DurableFile.Write(file, stream => stream.Write("before"u8));
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.ASCII);
        DurableFile.Write(file, stream => stream.Write("after, and longer"u8));
        var (old, now) = (reader.ReadToEnd(), File.ReadAllText(file));
        return old == "before" && now == "after, and longer"
            ? new($"{what}: rename", Health.Ok, "a file renamed over another takes its place whole; who reads the old one keeps it", "the same", "")
            : new($"{what}: rename", Health.Failure, $"a reader of the old file saw \"{old}\", the new file holds \"{now}\"", "\"before\" and \"after, and longer\": stored stages rest on it", $"Choose a folder on a local disk with --{what}=DIR.");
    }

    private static Finding Lock(string what, string probe)
    {
        var file = Path.Combine(probe, "lock");
        using var held = StageLock.Acquire(file, null, CancellationToken.None);
        try
        {
            using var second = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new($"{what}: lock", Health.Warning, "a second holder got a held lock: this file system has no locks", "it is refused", $"Run one process at a time on this folder, or choose another with --{what}=DIR.");
        }
        catch (IOException)
        {
            return new($"{what}: lock", Health.Ok, "a held lock is refused to a second holder", "the same", "");
        }
    }

    private static Finding Stamps(string what, string probe)
    {
        var file = Path.Combine(probe, "stamp");
        File.WriteAllText(file, "");
        var lead = File.GetLastWriteTimeUtc(file) - DateTime.UtcNow;
        return new(
            $"{what}: time stamps", lead.Duration() > ClockTolerance ? Health.Warning : Health.Ok, string.Create(CultureInfo.InvariantCulture, $"a file written now is {lead.TotalSeconds:+0.000;-0.000;0} s from this machine's clock"),
            "within 2 s", "The disk's server has another time: set both clocks (NTP). Results do not depend on it, records of when do.");
    }
}
