using static TorchSharp.torch;

namespace Cmcd.Repro.Models;

/// <summary>One tensor of a weight file or of a network, without its values.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Of its elements.</param>
/// <param name="Shape">Sizes; none for a scalar.</param>
public sealed record WeightEntry(string Name, ScalarType Type, long[] Shape)
{
    /// <summary>Number of elements.</summary>
    internal long Elements => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Bytes of all elements; long.MaxValue if they are more.</summary>
    public long Bytes => Shape.Contains(0) ? 0 : (long)Shape.Aggregate((Int128)SizeOf(Type), (product, size) => Int128.Min(product * size, long.MaxValue));

    /// <summary>Name, type and sizes, for messages.</summary>
    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Shape)}]";

    /// <summary>Bytes of one element.</summary>
    internal static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Float64 or ScalarType.Int64 => 8,
        ScalarType.Float32 or ScalarType.Int32 => 4,
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Int16 => 2,
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No weight file holds this type."),
    };
}
