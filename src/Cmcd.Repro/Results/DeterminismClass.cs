using System.Globalization;

namespace Cmcd.Repro.Results;

/// <summary>Where the same bits are promised for the same stage versions: what may move a number's last digits.</summary>
/// <param name="Device">cpu or cuda.</param>
/// <param name="Threads">Threads of libtorch's operators.</param>
/// <param name="Precision">Precision of the student, and of the teacher where it is another: Fp32, Bf16.</param>
/// <param name="Processor">Processor model: other models have other kernels, which round differently.</param>
public sealed record DeterminismClass(string Device, int Threads, string Precision, string Processor)
{
    /// <summary>The class in which a table was measured.</summary>
    /// <exception cref="ReproException">The manifest's settings do not tell the networks' precision.</exception>
    public static DeterminismClass Of(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new(manifest.Environment.Device, manifest.Environment.Threads, MeasuredSettings.PrecisionOf(manifest), manifest.Environment.Cpu);
    }

    /// <summary>Stage keys can be compared: they hold all of the class but the processor.</summary>
    public bool SharesKeysWith(DeterminismClass other) => this == other with { Processor = Processor };

    /// <summary>For people: "cpu, 2 threads, Fp32, AMD EPYC".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Device}, {Threads} thread{(Threads == 1 ? "" : "s")}, {Precision}, {Processor}");
}
