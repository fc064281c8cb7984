namespace Cmcd.Repro.Results;

/// <summary>How far one row lies above another over the seeds that both have.</summary>
/// <remarks>Pairing by seed removes what the seed shares between rows (teacher, data order), so small steady gains show.</remarks>
/// <param name="Difference">First minus second, folded over the shared seeds; null when they share none.</param>
/// <param name="Seeds">The shared seeds, ascending.</param>
/// <param name="Unpaired">Seeds that only one row has, ascending: left out of the difference.</param>
public sealed record PairedDifference(Spread? Difference, IReadOnlyList<long> Seeds, IReadOnlyList<long> Unpaired)
{
    /// <summary>First minus second, paired by seed.</summary>
    /// <param name="first">Value by seed; finite.</param>
    /// <param name="second">Value by seed; finite.</param>
    /// <exception cref="ArgumentException">A shared seed's value is not finite.</exception>
    public static PairedDifference Of(IReadOnlyDictionary<long, double> first, IReadOnlyDictionary<long, double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var shared = first.Keys.Intersect(second.Keys).Order().ToArray();
        var unpaired = first.Keys.Union(second.Keys).Except(shared).Order().ToArray();
        return new PairedDifference(shared.Length == 0 ? null : Cells.Fold(shared.Select(seed => first[seed] - second[seed])), shared, unpaired);
    }
}
