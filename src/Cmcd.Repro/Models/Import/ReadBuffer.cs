using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Import;

/// <summary>The memory for all reads of a file: one tensor for each type, as long as the file's longest of that type.</summary>
/// <remarks>
/// A new tensor for each read leaves holes in glibc's heap that the next one does not fit: 160 to 380 MB beside a 4x, where this takes the
/// 151 MB of the largest tensor.
/// </remarks>
/// <param name="longest">Elements by type; the memory is taken at the first read.</param>
internal sealed class ReadBuffer(IReadOnlyDictionary<ScalarType, long> longest) : IDisposable
{
    private readonly Dictionary<ScalarType, Tensor> _memory = [];

    /// <summary>Memory for these tensors, one at a time.</summary>
    public static ReadBuffer For(IEnumerable<WeightEntry> entries) =>
        new(entries.GroupBy(entry => entry.Type).ToDictionary(group => group.Key, group => group.Max(entry => entry.Elements)));

    /// <summary>The bytes of the first elements, to be filled.</summary>
    public Span<byte> Room(ScalarType type, long elements) => elements == 0 ? [] : Memory(type).bytes[..(int)(elements * WeightEntry.SizeOf(type))];

    /// <summary>The first elements as [elements], without a copy: they change with the next read. In the caller's scope.</summary>
    public Tensor View(ScalarType type, long elements) => Memory(type).narrow(0, 0, elements);

    public void Dispose()
    {
        foreach (var memory in _memory.Values) memory.Dispose();
    }

    private Tensor Memory(ScalarType type)
    {
        if (!_memory.TryGetValue(type, out var memory)) _memory[type] = memory = empty([longest[type]], dtype: type).DetachFromDisposeScope();
        return memory;
    }
}
