namespace Cmcd.Repro.Metrics;

/// <summary>What a confusion matrix is to mean IoU: by class, the diagonal, the row's sum and the column's.</summary>
internal sealed class ClassSums
{
    private readonly long[] _hits, _labelled, _predicted;

    public ClassSums(int classes) => (_hits, _labelled, _predicted) = (new long[classes], new long[classes], new long[classes]);

    public ClassSums(IReadOnlyCollection<PixelCount> counts) : this(counts.Count == 0 ? 0 : counts.Max(count => Math.Max(count.Label, count.Predicted)) + 1) => Add(counts);

    public long Pixels => _labelled.Sum();

    public long Hits => _hits.Sum();

    /// <param name="counts">Entries of a confusion matrix; classes that this one knows.</param>
    /// <param name="times">-1 takes them out again.</param>
    public void Add(IEnumerable<PixelCount> counts, int times = 1)
    {
        foreach (var (label, predicted, pixels) in counts)
        {
            _labelled[label] += times * pixels;
            _predicted[predicted] += times * pixels;
            if (label == predicted) _hits[label] += times * pixels;
        }
    }

    /// <summary>n_cc / (row + column - n_cc) of each class whose union is above 0, in the order of the classes.</summary>
    public IEnumerable<(int Class, double IoU)> Overlaps()
    {
        for (var c = 0; c < _hits.Length; c++)
            if (_labelled[c] + _predicted[c] - _hits[c] is > 0 and var union) yield return (c, (double)_hits[c] / union);
    }
}
