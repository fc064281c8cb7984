using System.Collections;

namespace Cmcd.Repro.Datasets;

/// <summary>A list whose entries are found when one is first asked for: which images are broken is known only once they were decoded.</summary>
internal sealed class DeferredList(Func<int[]> find) : IReadOnlyList<int>
{
    private readonly Lazy<int[]> _items = new(find);

    /// <inheritdoc/>
    public int Count => _items.Value.Length;

    /// <inheritdoc/>
    public int this[int index] => _items.Value[index];

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => _items.Value.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
