using static TorchSharp.torch;

namespace Cmcd.Repro.Models;

/// <summary>One tensor's line in a safetensors header; Begin and End count bytes from the start of the data.</summary>
internal sealed record SafetensorsEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End)
{
    private static readonly (ScalarType Type, string Name, int Size)[] Known =
    [
        (ScalarType.Float64, "F64", 8), (ScalarType.Int64, "I64", 8), (ScalarType.Float32, "F32", 4), (ScalarType.Int32, "I32", 4),
        (ScalarType.Float16, "F16", 2), (ScalarType.BFloat16, "BF16", 2), (ScalarType.Byte, "U8", 1), (ScalarType.Bool, "BOOL", 1),
    ];

    /// <summary>The format's names of the types handled here.</summary>
    public static string TypeNames => string.Join(", ", Known.Select(known => known.Name));

    /// <summary>The type of a format name, or null.</summary>
    public static ScalarType? TypeOf(string name) => Array.Find(Known, known => known.Name == name) is { Name: not null } found ? found.Type : null;

    /// <summary>The format name of a type, or null.</summary>
    public static string? NameOf(ScalarType type) => Array.Find(Known, known => known.Type == type).Name;

    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(ScalarType type) => Array.Find(Known, known => known.Type == type).Size;
}
