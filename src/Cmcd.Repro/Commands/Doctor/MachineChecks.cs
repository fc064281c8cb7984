using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Commands.Doctor;

/// <summary>What a run takes for granted beside libtorch: .NET, memory, an idle machine, a sane clock, whole data, a known commit.</summary>
internal static class MachineChecks
{
    private const long Megabyte = 1_000_000;
    private static readonly DateTime PaperMonth = new(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc);

    public static Finding Runtime()
    {
        var code = RunEnvironment.VersionOf(typeof(MachineChecks).Assembly);
        return new(
            ".NET", Environment.Version.Major >= 10 && Environment.Is64BitProcess ? Health.Ok : Health.Failure,
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier}); program {code}", ".NET 10, 64 bits (global.json)", "Install the .NET 10 SDK; ./build.sh does so where it can.");
    }

    /// <summary>Memory that a run can still have.</summary>
    /// <param name="available">Bytes.</param>
    public static Finding Memory(long available) => new(
        "memory", available < 400 * Megabyte ? Health.Failure : available < 800 * Megabyte ? Health.Warning : Health.Ok,
        string.Create(CultureInfo.InvariantCulture, $"{available / Megabyte:N0} MB available"), "400 MB (measured: the mini tier's resident size), better twice that", "End other programs, or give the container more memory.");

    /// <summary>What the system calls available, at most what a container may have.</summary>
    public static long AvailableMemory()
    {
        const string table = "/proc/meminfo";
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var line = File.Exists(table) ? File.ReadLines(table).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal)) : null;
        return line is null ? limit : Math.Min(limit, 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Cores that others keep busy while this process sleeps.</summary>
    public static double BusyCores()
    {
        const string table = "/proc/stat";
        if (!File.Exists(table)) return 0;
        var before = Ticks();
        Thread.Sleep(500);
        var after = Ticks();
        var (all, idle) = (after.All - before.All, after.Idle - before.Idle);
        return all == 0 ? 0 : Environment.ProcessorCount * (double)(all - idle) / all;

        static (long All, long Idle) Ticks()
        {
            var ticks = File.ReadLines(table).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            return (ticks.Sum(), ticks[3] + ticks[4]);   // idle and waiting for disk
        }
    }

    /// <param name="busyCores">As <see cref="BusyCores"/> gives it.</param>
    /// <param name="cores">Logical processors of this process.</param>
    public static Finding Load(double busyCores, int cores) => new(
        "load", busyCores > 0.25 * cores ? Health.Warning : Health.Ok, string.Create(CultureInfo.InvariantCulture, $"others keep {busyCores:F1} of {cores} cores busy"),
        "at most a quarter of them", "A busy machine makes every time below, and those that a run records, mean little; numbers stay the same bits. Wait for it to be idle, or use --threads=1.");

    /// <summary>Clock and time stamps.</summary>
    /// <param name="now">What the clock says, UTC.</param>
    /// <param name="newest">Newest file of the results, UTC; null if there is none.</param>
    /// <param name="drift">How far the clock ran ahead of the monotonic timer while both were watched.</param>
    public static Finding Clock(DateTime now, DateTime? newest, TimeSpan drift)
    {
        var found = string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm:ss} UTC, {drift.TotalMilliseconds:+0.0;-0.0;0.0} ms against the monotonic timer in 0.1 s{(newest is { } stamp ? $"; newest results of {stamp:yyyy-MM-dd HH:mm:ss}" : "")}");
        var fault = now < PaperMonth ? "the clock stands before the paper was written" : drift.Duration() > TimeSpan.FromMilliseconds(50) ? "the clock jumped" : newest > now.AddSeconds(2) ? "results are from the future" : null;
        return new("clock", fault is null ? Health.Ok : Health.Warning, fault is null ? found : $"{fault}: {found}", "after May 2024, steady, no file from the future", "Set the clock (NTP). Durations are taken from the monotonic timer; only records of when are wrong.");
    }

    public static Finding ClockNow(string results)
    {
        var (started, wall) = (Stopwatch.GetTimestamp(), DateTime.UtcNow);
        Thread.Sleep(100);
        var drift = DateTime.UtcNow - wall - Stopwatch.GetElapsedTime(started);
        var newest = Directory.Exists(results) ? Directory.EnumerateFiles(results, "manifest.json", SearchOption.AllDirectories).Select(file => (DateTime?)File.GetLastWriteTimeUtc(file)).Max() : null;
        return Clock(DateTime.UtcNow, newest, drift);
    }

    public static Finding Data(string folder, string generated)
    {
        const string expected = "every file of packs.json with its size and SHA-256";
        try
        {
            var sets = new DatasetCatalogue(folder, generated).Describe();
            return new("data", Health.Ok, $"{sets.Count} sets of {string.Join(" and ", sets.Select(set => set.Name).Distinct())}, every file as listed", expected, "");
        }
        catch (DatasetUnavailableException fault)
        {
            return new("data", Health.Failure, fault.Message, expected, "Restore the data folder, or name another with --data=DIR.");
        }
    }

    /// <summary>Can numbers made now be traced to a commit?</summary>
    public static Finding Commit(string root)
    {
        const string name = "commit", expected = "sources as committed: a manifest names the commit";
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", root, "status", "--porcelain", "--untracked-files=no"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var changed = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains(" src/", StringComparison.Ordinal) || line.Contains(" experiments/", StringComparison.Ordinal));
            git.WaitForExit();
            if (git.ExitCode != 0) return new(name, Health.Ok, "not a git checkout", expected, "");
            return new(name, changed > 0 ? Health.Warning : Health.Ok, changed > 0 ? $"{changed} files of src/ and experiments/ are changed" : "src/ and experiments/ are as committed", expected, "Commit before a run whose numbers are to be kept.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new(name, Health.Ok, "git is not installed", expected, "");
        }
    }
}
