namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>How much one method's accuracy moves from seed to seed, and the least that it can be believed to move.</summary>
public static class SeedNoise
{
    /// <summary>Sample standard deviation over seeds, not below what the answers themselves show; in points.</summary>
    /// <remarks>
    /// Few seeds can agree by accident, and a spread of zero would make three runs a certainty. The seeds' accuracies move at least by the items on which their answers
    /// come out differently: with mean square E of that disagreement over m items (<see cref="MeanSquares.Rest"/>, thousands of degrees of freedom), one accuracy has a standard
    /// deviation of at least √(E / m), the binomial resolution of the test set for those items. E ≤ p (1 - p) at worst, where the seeds share nothing.
    /// </remarks>
    /// <param name="scores">By seed, then test item: its score in percent, such as 100 for a right answer and 0 for a wrong one. At least two seeds and two items.</param>
    public static double Std(IReadOnlyList<IReadOnlyList<double>> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var squares = MeanSquares.Of([.. scores.Select(seed => seed.Select(score => score / 100).ToArray())]);
        return 100 * Math.Sqrt(Math.Max(squares.Seeds, squares.Rest) / scores[0].Count);   // Seeds = m times the variance of the accuracies
    }

    /// <summary>Standard deviation of a score over m items, in points: √(p (1 - p) / m), exact for the share of right answers and the most that any mean of scores in [0, 1] can have.</summary>
    /// <param name="percent">The score, in [0, 100].</param>
    /// <param name="items">Number of test items, at least 1.</param>
    public static double Binomial(double percent, int items)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        if (!(percent is >= 0 and <= 100)) throw new ArgumentOutOfRangeException(nameof(percent), percent, "Expected percent, in [0, 100].");
        return Math.Sqrt(percent * (100 - percent) / items);
    }
}
