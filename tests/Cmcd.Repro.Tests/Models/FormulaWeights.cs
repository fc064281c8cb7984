using System.Runtime.CompilerServices;
using Cmcd.Repro.Models;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

/// <summary>Weights and inputs that Golden/make_golden.py makes too, bit for bit: an integer hash of the element's place.</summary>
internal static class FormulaWeights
{
    public const int InputPosition = 1000;

    public static string GoldenFile(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden", name);

    /// <summary>Numbers in [-1, 1).</summary>
    public static double[] Uniform(long position, long count)
    {
        var values = new double[count];
        for (var i = 0L; i < count; i++)
        {
            var h = (((ulong)(i + 1) * 2654435761) + ((ulong)position * 40503)) & 0xFFFFFFFF;
            h ^= h >> 15;
            h = (h * 2246822519) & 0xFFFFFFFF;
            h ^= h >> 13;
            values[i] = ((double)(h >> 8) / (1 << 23)) - 1;
        }

        return values;
    }

    public static Tensor Input(params long[] shape) =>
        tensor([.. Uniform(InputPosition, shape.Aggregate((a, b) => a * b)).Select(u => (float)u)], shape);

    public static void Fill(Encoder encoder)
    {
        using var scope = NewDisposeScope();
        var state = encoder.state_dict();
        var names = state.Keys.Where(name => !name.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var filled = new Dictionary<string, Tensor>();
        foreach (var (name, position) in names.Select((name, position) => (name, position)))
        {
            var shape = state[name].shape;
            var u = Uniform(position, state[name].numel());
            Func<double, double> value =
                shape.Length == 4 ? x => Math.Sqrt(6.0 / (shape[1] * shape[2] * shape[3])) * x
                : name.EndsWith("running_var", StringComparison.Ordinal) ? x => 1 + (0.5 * x)
                : name.EndsWith("weight", StringComparison.Ordinal) ? x => 1 + (0.2 * x)
                : x => 0.2 * x;
            filled[name] = tensor([.. u.Select(x => (float)value(x))], shape);
        }

        foreach (var name in state.Keys.Except(filled.Keys)) filled[name] = state[name];
        StateDict.CopyInto(encoder, filled);
    }

    /// <summary>Elements in row-major order, as doubles.</summary>
    public static double[] Values(Tensor t)
    {
        using var scope = NewDisposeScope();
        return [.. t.detach().to(ScalarType.Float64).contiguous().data<double>()];
    }
}
