using Cmcd.Repro.Randomness;
using static TorchSharp.torch;

namespace Cmcd.Repro.Models;

/// <summary>Kinds of modules, each with random numbers of its own: an encoder and a projector of one seed share none.</summary>
/// <remarks>The values are the generator's view: never renumber.</remarks>
internal enum WeightStream
{
    Encoder = 0,
    Projector = 1,
    LinearHead = 2,
    SegmentationHead = 3,
    StageAdapters = 4,
}

/// <summary>Draws a module's initial weights, tensor after tensor; the n-th tensor depends on (seed, stream, n) only.</summary>
/// <param name="seed">0 … 2^32 - 1; without one nothing is drawn and all weights are 0.</param>
/// <param name="stream">The kind of module.</param>
internal sealed class WeightSource(long? seed, WeightStream stream)
{
    private int _position;

    /// <summary>float32 numbers from N(0, deviation²), row-major.</summary>
    public Tensor Normal(long[] shape, double deviation)
    {
        if (seed is not { } given) return zeros(1).expand(shape);   // one number in memory, whatever the shape

        var random = Next(given);
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++) values[i] = (float)(deviation * random.NextNormal());
        return Aligned(tensor(values, shape));
    }

    /// <summary>float32 numbers from U[-bound, bound), row-major.</summary>
    public Tensor Uniform(long[] shape, double bound)
    {
        if (seed is not { } given) return zeros(shape);

        var random = Next(given);
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextUniform((float)-bound, (float)bound);
        return Aligned(tensor(values, shape));
    }

    /// <summary>
    /// A copy in libtorch's own memory, aligned to 64 bytes. TorchSharp leaves an array's numbers where .NET put them, at any multiple of 8, and a
    /// matrix product's last bit depends on where its operands begin.
    /// </summary>
    /// <param name="managed">Made of an array; disposed here.</param>
    public static Tensor Aligned(Tensor managed)
    {
        using (managed) return managed.clone();
    }

    private CounterRandom Next(long given) => new(given, Purpose.Weights, sample: _position++, view: (long)stream);
}
