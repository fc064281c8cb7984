using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Verdicts;

/// <summary>A difference over seeds and how sure it is.</summary>
/// <param name="Value">Mean over the shared seeds.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Std">Sample standard deviation over the seeds.</param>
/// <param name="PAbove">One-sided p of "it is at most the bound": small speaks for above.</param>
/// <param name="PBelow">One-sided p of "it is at least the bound".</param>
internal sealed record SeedEstimate(double Value, double Low, double High, double Std, double PAbove, double PBelow);

/// <summary>Differences behind a claim's verdict. Two cells of one test set are compared seed by seed and item by item; what is made of more cells than two, by seed.</summary>
internal static class SeedInference
{
    /// <summary>Each side of a 95 % interval.</summary>
    public const double Level = 0.025;

    private const double Confidence = 0.95;
    private const double Floor = 0.01;   // points; equal differences over a few seeds are no certainty: the last digit that cells.csv shows
    private const int MostSeeds = 1000;

    /// <summary>First minus second against a bound, paired by seed: Student's t over the seeds.</summary>
    /// <param name="first">Value by seed.</param>
    /// <param name="second">Value by seed; at least two seeds shared with the first.</param>
    /// <param name="by">The bound.</param>
    public static SeedEstimate Difference(IReadOnlyDictionary<long, double> first, IReadOnlyDictionary<long, double> second, double by)
    {
        var paired = PairedDifference.Of(first, second);
        var spread = paired.Difference!;
        var degrees = spread.Count - 1;
        var std = Math.Max(spread.Std!.Value, Floor);
        var error = std / Math.Sqrt(spread.Count);
        var reach = StudentT.TwoSided(Confidence, degrees) * error;
        var above = Distributions.StudentTail((spread.Mean - by) / error, degrees);
        return new(spread.Mean, spread.Mean - reach, spread.Mean + reach, std, above, 1 - above);
    }

    /// <summary>First minus second against a bound, in points, when the same items were answered: <see cref="PairedInference"/>.</summary>
    /// <param name="first">By seed, each item's score in percent; at least two seeds shared with the second.</param>
    /// <param name="second">The other cell.</param>
    /// <param name="by">The bound.</param>
    public static SeedEstimate Difference(IReadOnlyDictionary<long, IReadOnlyList<double>> first, IReadOnlyDictionary<long, IReadOnlyList<double>> second, double by)
    {
        var seeds = first.Keys.Intersect(second.Keys).Order().ToArray();
        var estimate = PairedInference.Difference([.. seeds.Select(seed => first[seed])], [.. seeds.Select(seed => second[seed])], by);
        // For planning only: the spread over seeds that a t interval of this width would rest on.
        var std = (estimate.High - estimate.Value) / StudentT.TwoSided(Confidence, seeds.Length - 1) * Math.Sqrt(seeds.Length);
        return new(estimate.Value, estimate.Low, estimate.High, std, estimate.PAboveZero, estimate.PBelowZero);
    }

    /// <summary>How many seeds would decide, if mean and spread stay as they are; null where a thousand would not.</summary>
    public static int? SeedsToDecide(SeedEstimate estimate, double by)
    {
        var (few, enough) = (1, MostSeeds + 1);   // the interval shrinks with every seed, so halve the range
        while (enough - few > 1)
        {
            var seeds = (few + enough) / 2;
            if (StudentT.TwoSided(Confidence, seeds - 1) * estimate.Std / Math.Sqrt(seeds) < Math.Abs(estimate.Value - by)) enough = seeds;
            else few = seeds;
        }

        return enough <= MostSeeds ? enough : null;
    }
}
