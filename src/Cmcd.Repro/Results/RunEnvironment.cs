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

    /// <remarks>A hypervisor may call three generations by one name, "AMD EPYC"; their kernels round differently, so family and model are said too.</remarks>
    private static string CpuModel()
    {
        const string linuxTable = "/proc/cpuinfo";
        var model = File.Exists(linuxTable) ? CpuModel(File.ReadLines(linuxTable)) : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(model) ? RuntimeInformation.ProcessArchitecture.ToString() : model;
    }

    /// <summary>Name, family and model of the first processor: "AMD EPYC, family 26 model 2". Null where the table has no name, as on ARM.</summary>
    internal static string? CpuModel(IEnumerable<string> table)
    {
        var first = table.TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).Where(field => field.Length == 2)
            .DistinctBy(field => field[0].Trim()).ToDictionary(field => field[0].Trim(), field => field[1].Trim());
        return !first.TryGetValue("model name", out var name) ? null
            : first.TryGetValue("cpu family", out var family) && first.TryGetValue("model", out var model) ? $"{name}, family {family} model {model}"
            : name;
    }
}
