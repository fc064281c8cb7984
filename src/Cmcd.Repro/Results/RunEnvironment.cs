using System.Reflection;
using System.Runtime.InteropServices;
using Newtonsoft.Json;

namespace Cmcd.Repro.Results;

/// <summary>What a number was measured with: program, libraries, machine. No user, host name or path.</summary>
/// <param name="Code">Version of this program, with the commit if the build knew it.</param>
/// <param name="Runtime">.NET version.</param>
/// <param name="OperatingSystem">Name and version.</param>
/// <param name="Cpu">Processor model, or its architecture where the system does not tell.</param>
/// <param name="Cores">Logical processors this process may use.</param>
/// <param name="Threads">Threads of libtorch's operators.</param>
/// <param name="Device">cpu or cuda, with the model if known.</param>
/// <param name="Packages">Version by package, such as TorchSharp.</param>
[JsonObject(ItemRequired = Required.Always)]
public sealed record RunEnvironment(
    string Code,
    string Runtime,
    string OperatingSystem,
    string Cpu,
    int Cores,
    int Threads,
    string Device,
    IReadOnlyDictionary<string, string> Packages)
{
    /// <summary>Reads this process and machine.</summary>
    /// <param name="threads">Threads of libtorch's operators.</param>
    /// <param name="device">cpu or cuda.</param>
    /// <param name="packages">Version by package; see <see cref="VersionOf"/>.</param>
    public static RunEnvironment Read(int threads, string device, IReadOnlyDictionary<string, string> packages) => new(
        VersionOf(typeof(RunEnvironment).Assembly),
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        CpuModel(),
        Environment.ProcessorCount,
        threads,
        device,
        packages);

    /// <summary>An assembly's informational version, with the commit if its build noted one.</summary>
    public static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";

    private static string CpuModel()
    {
        const string linuxTable = "/proc/cpuinfo";
        var model = File.Exists(linuxTable)
            ? File.ReadLines(linuxTable).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(model) ? RuntimeInformation.ProcessArchitecture.ToString() : model;
    }
}
