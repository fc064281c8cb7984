using System.Runtime.InteropServices;

namespace Cmcd.Repro.Commands.Doctor;

/// <summary>Are the process-wide settings of Runtime/TorchRuntime in force? Asked of the C library, which is what libtorch sees.</summary>
internal static unsafe class StartUpChecks
{
    private const int Block = 48 << 20;   // above 32 MB glibc maps by default, whatever it learnt; a thread's own heap holds 64 MB at most

    /// <summary>Spin count and allocator.</summary>
    public static Finding Of()
    {
        const string name = "start-up settings", expected = "GOMP_SPINCOUNT 1000 (contended small steps: 590 images/s against 17 without), large blocks kept by the allocator (7 to 22 % of a step)";
        if (!OperatingSystem.IsLinux()) return new(name, Health.Ok, "not used on this system", expected, "");
        var spins = Marshal.PtrToStringUTF8(GetEnvironment("GOMP_SPINCOUNT"));
        try
        {
            var before = MallocInformation().MappedBlocks;
            var block = NativeMemory.Alloc(Block);
            var mapped = MallocInformation().MappedBlocks > before;
            NativeMemory.Free(block);
            var found = $"GOMP_SPINCOUNT {spins ?? "not set"}, large blocks {(mapped ? "mapped anew each time" : "kept")}";
            return spins == "1000" && !mapped
                ? new(name, Health.Ok, found, expected, "")
                : new(name, Health.Warning, found, expected, "Unset GOMP_SPINCOUNT, MALLOC_ and GLIBC_TUNABLES variables of the calling shell: the program keeps values that are set already.");
        }
        catch (EntryPointNotFoundException)
        {
            return new(name, spins == "1000" ? Health.Ok : Health.Warning, $"GOMP_SPINCOUNT {spins ?? "not set"}; the C library does not tell about its allocator", expected, "Unset GOMP_SPINCOUNT in the calling shell.");
        }
    }

    [DllImport("libc", EntryPoint = "getenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint GetEnvironment(string name);

    [DllImport("libc", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern MallocState MallocInformation();

    // glibc's struct mallinfo2: arena, ordblks, smblks, hblks and six more.
    [StructLayout(LayoutKind.Sequential)]
    private struct MallocState
    {
        public nuint Arena, FreeBlocks, SmallBlocks, MappedBlocks, MappedBytes, Unused, SmallFree, Used, Free, Releasable;
    }
}
