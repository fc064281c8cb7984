using System.Runtime.InteropServices;
using TorchSharp;

namespace Cmcd.Repro.Commands.Doctor;

/// <summary>Does libtorch load, and if not, why really?</summary>
internal static class NativeChecks
{
    private const string Name = "native library";
    private const string Family = "GLIBCXX_";

    private static readonly string[] SystemFolders =
        ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib", "/lib"];

    /// <summary>Where the build puts TorchSharp's own native library on Linux.</summary>
    public static string Library { get; } = new[] { Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"), AppContext.BaseDirectory }
        .Select(folder => Path.Combine(folder, "libLibTorchSharp.so")).OrderByDescending(File.Exists).First();

    /// <summary>The system's C++ runtime; null where none is found.</summary>
    public static string? Runtime { get; } = SystemFolders.Select(folder => Path.Combine(folder, "libstdc++.so.6")).FirstOrDefault(File.Exists);

    /// <summary>The symbol versions that the library asks for against those that the system has.</summary>
    /// <remarks>
    /// TorchSharp 0.107.0 was built with GCC 13 and asks for GLIBCXX_3.4.32 through one anchor that nothing calls. Where the system's libstdc++ is older (Debian 12: 3.4.30) the load
    /// fails and TorchSharp blames a missing package reference.
    /// </remarks>
    public static Finding SymbolVersions(string library, string? runtime)
    {
        const string rebuild = "Build again: delete src/Cmcd.Repro/bin and obj, then ./build.sh --target=Build. Directory.Build.targets puts a copy of the library in place that asks for the version weakly.";
        if (!File.Exists(library)) return new(Name, Health.Failure, $"{library} does not exist", "TorchSharp's library beside the program", rebuild);
        try
        {
            var needed = ElfVersions.Needed(File.ReadAllBytes(library)).Where(need => need.Version.StartsWith(Family, StringComparison.Ordinal) && Version.TryParse(need.Version[Family.Length..], out _))
                .Select(need => (Version: Version.Parse(need.Version[Family.Length..]), need.Weak)).OrderByDescending(need => need.Version).ToArray();
            var provided = runtime is null ? null : ElfVersions.Highest(File.ReadAllBytes(runtime), Family);
            if (provided is null) return new(Name, Health.Warning, "no libstdc++.so.6 in the usual folders", "a C++ runtime", "Install it (Debian: apt-get install libstdc++6), if the next line fails.");
            var strong = needed.FirstOrDefault(need => !need.Weak).Version;
            var weak = needed.FirstOrDefault(need => need.Weak && need.Version > provided).Version;
            return strong > provided
                ? new(Name, Health.Failure, $"{Path.GetFileName(library)} demands {Family}{strong}, {runtime} ends at {Family}{provided}", $"at most {Family}{provided}, or a weak demand", $"{rebuild} TorchSharp's own message blames a missing package reference; that is not the cause. A system with GCC 13's libstdc++ (Debian 13, Ubuntu 24.04) needs no patch.")
                : new(Name, Health.Ok, $"{Path.GetFileName(library)} demands {Family}{strong}{(weak is null ? "" : $" and, weakly (patched at build), {Family}{weak}")}; {runtime} ends at {Family}{provided}", $"at most {Family}{provided}, or a weak demand", rebuild);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new(Name, Health.Failure, $"{library}: {fault.Message}", "a whole library", rebuild);
        }
    }

    /// <summary>Loads libtorch for good; the loader's own words if it cannot.</summary>
    public static Finding Loads(int threads, Func<string> start)
    {
        const string expected = "libtorch loads and takes the thread count";
        try
        {
            var version = start();
            var taken = torch.get_num_threads();
            return taken == threads
                ? new("libtorch", Health.Ok, $"libtorch {version} with {taken} threads of {Environment.ProcessorCount} cores", expected, "")
                : new("libtorch", Health.Failure, $"libtorch {version} took {taken} threads, {threads} asked for", expected, "The thread count is part of every stage key: choose one that it takes with --threads=N.");
        }
        catch (Exception fault) when (fault is NotSupportedException or DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            return new("libtorch", Health.Failure, $"it does not load: {LoaderSays() ?? fault.GetBaseException().Message}", expected, "See the line above for symbol versions; a library that the loader names as missing has to be installed. TorchSharp's own message blames a missing package reference, whatever the cause.");
        }
    }

    private static string? LoaderSays()
    {
        try
        {
            NativeLibrary.Load(Library);
            return null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            return fault.Message.ReplaceLineEndings(" ");
        }
    }
}
