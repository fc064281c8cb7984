namespace Cmcd.Repro.Datasets;

/// <summary>The first items of a set: how many a tier takes.</summary>
internal static class Limit
{
    /// <param name="limit">What was asked for; null takes all.</param>
    /// <param name="available">Items of the set.</param>
    /// <param name="least">Fewest that make sense: one per class of a labelled set.</param>
    /// <param name="what">Named in the message.</param>
    /// <exception cref="DatasetUnavailableException">limit lies outside least … available.</exception>
    public static int Apply(int? limit, int available, int least, string what)
    {
        if (limit is not { } asked)
            return available;
        if (asked < least || asked > available)
            throw new DatasetUnavailableException($"{asked} {what} were asked for; allowed are {least} to {available}. Change the tier's limit.");
        return asked;
    }

    /// <summary>The first labels, each checked to be a class.</summary>
    /// <exception cref="DatasetUnavailableException">A label is not a class, or there are too few.</exception>
    public static int[] Labels(byte[] labels, int count, IReadOnlyList<string> classes, string path)
    {
        if (labels.Length < count)
            throw new DatasetUnavailableException($"{path} has {labels.Length} labels for {count} images. {PackFolder.Remedy(path)}");
        var odd = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes.Count - 1));
        if (odd >= 0)
            throw new DatasetUnavailableException($"{path}: label {odd} is {labels[odd]}, the classes are 0 to {classes.Count - 1}. {PackFolder.Remedy(path)}");
        return [.. labels.Take(count).Select(label => (int)label)];
    }
}
