using System.Globalization;
using Cmcd.Repro.Commands.Doctor;
using Cmcd.Repro.Runtime;
using TorchSharp;

namespace Cmcd.Repro.Commands;

/// <summary>Tests what a run takes for granted, before it costs an hour: each line what, found, expected, and what to do.</summary>
internal sealed class DoctorCommand(ProjectFolders folders, string device, int threads)
{
    // Measured: Table 1 in the mini tier keeps its stages of three seeds in about 200 MB and writes 0.1 MB of results a seed.
    private const long CacheBytes = 250_000_000;
    private const long ResultBytes = 10_000_000;

    public int Execute()
    {
        var started = TimeProvider.System.GetTimestamp();
        var (failures, warnings) = (0, 0);
        foreach (var finding in Findings())
        {
            Print(finding);
            if (finding.Health == Health.Failure) failures++;
            if (finding.Health == Health.Warning) warnings++;
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(failures > 0 ? "A run would fail here" : "Runs can start")}: {failures} failures, {warnings} warnings, in {seconds:F1} s."));
        return failures > 0 ? ExitCodes.CouldNotRun : ExitCodes.Success;
    }

    private IEnumerable<Finding> Findings()
    {
        yield return MachineChecks.Runtime();
        yield return MachineChecks.Commit(folders.Root);
        yield return MachineChecks.Memory(MachineChecks.AvailableMemory());
        yield return MachineChecks.ClockNow(folders.Results);
        yield return MachineChecks.Data(folders.Data, folders.Generated);
        yield return DiskChecks.Space("cache", folders.Cache, CacheBytes, "measured: three seeds of Table 1 in the mini tier");
        foreach (var finding in DiskChecks.Semantics("cache", folders.Cache)) yield return finding;
        yield return DiskChecks.Space("results", folders.Results, ResultBytes, "a table with ten seeds");
        foreach (var finding in DiskChecks.Semantics("results", folders.Results)) yield return finding;
        yield return MachineChecks.Load(MachineChecks.BusyCores(), Environment.ProcessorCount);

        if (OperatingSystem.IsLinux())
        {
            var versions = NativeChecks.SymbolVersions(NativeChecks.Library, NativeChecks.Runtime);
            yield return versions;
            if (versions.Health == Health.Failure) yield break;   // TorchSharp would try, copy half a gigabyte beside the program and name another cause
        }

        var loads = NativeChecks.Loads(threads, StartTorch);
        yield return loads;
        if (loads.Health == Health.Failure) yield break;   // every further line would say the same

        yield return StartUpChecks.Of();
        var speeds = TorchChecks.Measure();
        yield return TorchChecks.Matmul(speeds);
        yield return TorchChecks.OneByOne(speeds);
        yield return TorchChecks.Bf16(speeds);
        yield return TorchChecks.Scaling(threads, threads == 1 ? 1 : TorchChecks.ScalingGain(threads));
        yield return TorchChecks.Replay(TorchChecks.HashAfterThreeSteps(), TorchChecks.HashAfterThreeSteps());
        yield return TorchChecks.Gpu(device);
    }

    private string StartTorch()
    {
        TorchRuntime.Start(threads);
        return torch.__version__;
    }

    private static void Print(Finding finding)
    {
        var mark = finding.Health switch { Health.Ok => "ok", Health.Warning => "WARN", _ => "FAIL" };
        Console.WriteLine($"{mark,-4}  {finding.Name}: {finding.Found}{(finding.Expected.Length > 0 ? $" (expected: {finding.Expected})" : "")}");
        if (finding.Health != Health.Ok) Console.WriteLine($"      do: {finding.Advice}");
    }
}
