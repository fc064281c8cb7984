namespace Cmcd.Repro.Metrics;

/// <summary>Share of items whose most likely class is the right one.</summary>
public static class Top1
{
    /// <param name="predicted">Class of the largest score of each item, [N].</param>
    /// <param name="labels">True class of each item, [N].</param>
    /// <returns>Percent, 0 to 100.</returns>
    /// <exception cref="ArgumentException">There are no items, or the lengths differ.</exception>
    public static double Accuracy(ReadOnlySpan<int> predicted, ReadOnlySpan<int> labels)
    {
        if (predicted.Length != labels.Length)
            throw new ArgumentException($"Got {predicted.Length} predictions for {labels.Length} labels.", nameof(predicted));
        if (labels.IsEmpty) throw new ArgumentException("Accuracy of no items is undefined; got empty labels.", nameof(labels));

        var right = 0;
        for (var i = 0; i < labels.Length; i++) right += predicted[i] == labels[i] ? 1 : 0;

        return 100.0 * right / labels.Length;
    }
}
