using System.Runtime.InteropServices;
using TorchSharp;

namespace Cmcd.Repro.Runtime;

/// <summary>Process-wide settings of libtorch's CPU side. Call <see cref="Start"/> before anything touches a tensor.</summary>
public static class TorchRuntime
{
    private const int TrimThreshold = -1;  // glibc's M_TRIM_THRESHOLD
    private const int MmapMax = -4;        // glibc's M_MMAP_MAX

    /// <summary>Sets spin count, allocator and thread count.</summary>
    /// <param name="threads">Threads of libtorch's operators, at least 1. Part of every stage key: it changes the last bits.</param>
    /// <remarks>
    /// libgomp busy-waits at barriers. With its default spin count one preempted worker stalls every small operator: on two cores
    /// beside another busy process a ResNet-18 fell from 2,300 to 17 images/s; with 1,000 spins it keeps about 600.
    /// It reads the variable when it loads, so .NET's own environment block, which C code does not see, is not enough.
    /// glibc gives each large activation back to the kernel and asks again: keeping it is worth 7 to 22 % of a step.
    /// </remarks>
    public static void Start(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        if (OperatingSystem.IsLinux())
        {
            _ = SetEnvironment("GOMP_SPINCOUNT", "1000", 0);
            _ = MallocOption(MmapMax, 0);
            _ = MallocOption(TrimThreshold, int.MaxValue);
        }

        torch.set_num_threads(threads);
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment(string name, string value, int overwrite);

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MallocOption(int parameter, int value);
}
