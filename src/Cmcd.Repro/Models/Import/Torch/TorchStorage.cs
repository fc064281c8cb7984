using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Import.Torch;

/// <summary>A run of numbers in the file, of which tensors are views.</summary>
/// <param name="Type">Of its elements.</param>
/// <param name="Key">Its name in the file.</param>
/// <param name="Count">Elements.</param>
internal sealed record TorchStorage(ScalarType Type, string Key, long Count)
{
    private const string Prefix = "torch.";
    private const string Suffix = "Storage";

    public int Bytes => (int)(Count * WeightEntry.SizeOf(Type));

    /// <summary>The element type behind a Python name such as torch.FloatStorage, or null.</summary>
    public static ScalarType? TypeOf(string name) =>
        !name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(Suffix, StringComparison.Ordinal) || name.Length < Prefix.Length + Suffix.Length ? null
        : name[Prefix.Length..^Suffix.Length] switch
        {
            "Float" => ScalarType.Float32,
            "Double" => ScalarType.Float64,
            "Half" => ScalarType.Float16,
            "BFloat16" => ScalarType.BFloat16,
            "Long" => ScalarType.Int64,
            "Int" => ScalarType.Int32,
            "Short" => ScalarType.Int16,
            "Char" => ScalarType.Int8,
            "Byte" => ScalarType.Byte,
            "Bool" => ScalarType.Bool,
            _ => null,
        };

    /// <summary>From a pickle's persistent identifier: ("storage", class, key, device, count[, view]).</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static TorchStorage Of(object? identifier)
    {
        if (identifier is not object?[] { Length: 5 or 6 } parts || parts is not ["storage", PickleGlobal kind, string key, string, long count, ..])
            throw new InvalidDataException("it refers to something that is not a tensor's storage");
        if (parts is [.., { } and not (string or long)] && parts.Length == 6) throw new InvalidDataException($"storage {key} is a view of another, as PyTorch wrote before 0.4");
        var type = TypeOf(kind.Name) ?? throw new InvalidDataException($"storage {key} is a {kind.Name}");
        if (count < 0 || count > int.MaxValue / WeightEntry.SizeOf(type)) throw new InvalidDataException($"storage {key} has {count} elements; at most {int.MaxValue} bytes are read");
        return new TorchStorage(type, key, count);
    }
}
