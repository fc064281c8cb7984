using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>A difference over seeds and how sure it is.</summary>
/// <param name="Value">Mean over the shared seeds.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Std">Sample standard deviation over the seeds.</param>
/// <param name="PAbove">One-sided p of "it is at most the bound": small speaks for above.</param>
/// <param name="PBelow">One-sided p of "it is at least the bound".</param>
internal sealed record SeedEstimate(double Value, double Low, double High, double Std, double PAbove, double PBelow);

/// <summary>The statistics behind a claim's verdict, in one place: every comparison and every family of them passes here.</summary>
internal static class SeedInference
{
    /// <summary>Each side of a 95 % interval.</summary>
    public const double Level = 0.025;

    private const double Confidence = 0.95;
    private const double Floor = 0.01;   // points; equal differences over a few seeds are no certainty: the last digit that cells.csv shows
    private const int Halvings = 32;   // p to ten digits
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
        var tail = Tail(Math.Abs(spread.Mean - by) / error, degrees);
        var (above, below) = spread.Mean >= by ? (tail, 1 - tail) : (1 - tail, tail);
        return new(spread.Mean, spread.Mean - reach, spread.Mean + reach, std, above, below);
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

    /// <summary>Holm's step-down adjustment of a family of p-values, in the order given (Scandinavian Journal of Statistics 6, 1979).</summary>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        var (rank, least) = (0, 0.0);
        foreach (var test in Enumerable.Range(0, p.Count).OrderBy(test => p[test])) adjusted[test] = least = Math.Max(least, Math.Min(1, (p.Count - rank++) * p[test]));
        return adjusted;
    }

    /// <summary>P(T &gt; t), t at least 0.</summary>
    private static double Tail(double t, int degrees)
    {
        var (low, high) = (0.0, 1.0);   // confidence of the two-sided interval that ends at t
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = StudentT.TwoSided(middle, degrees) < t ? (middle, high) : (low, middle);
        }

        return (1 - low) / 2;
    }
}
