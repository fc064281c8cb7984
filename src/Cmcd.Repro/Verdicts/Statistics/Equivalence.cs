namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>Is a mean over seeds the same as a printed value, or different from it, given a margin?</summary>
/// <remarks>
/// Two questions, because a difference that was not found is not sameness (D. J. Schuirmann, "A comparison of the two one-sided tests procedure …", J. Pharmacokinetics and
/// Biopharmaceutics 15, 1987). d is our mean minus the printed value, s the spread over n seeds, t has n - 1 degrees of freedom. Each question bears the noise that speaks
/// against its answer, so that noisier runs make neither answer easier:
/// Equivalent: the mean of our method lies within the margin of the number as printed. Two one-sided t tests, standard error s / √n.
/// Different: no single run of our method would be expected within the margin of the printed number. The printed value is one run with an unknown seed, so its own seed noise,
/// for which our s is the only measure, counts once more: standard error s √(1 + 1/n), the prediction error of one further run. p is the largest that a true difference
/// of exactly the margin gives, both tails.
/// Between the two lies what no number of seeds decides: a difference beyond the margin, yet within the noise of the printed run.
/// </remarks>
/// <param name="Difference">Ours minus printed, in points.</param>
/// <param name="StandardError">s / √n, in points.</param>
/// <param name="PEquivalent">p of "they differ by at least the margin".</param>
/// <param name="PDifferent">p of "they differ by at most the margin".</param>
public sealed record Equivalence(double Difference, double StandardError, double PEquivalent, double PDifferent)
{
    /// <summary>Largest number of seeds that is still called a number of seeds.</summary>
    public const int MostSeeds = 1000;

    private const double Power = 0.9;

    /// <summary>Both tests.</summary>
    /// <param name="mean">Mean over seeds.</param>
    /// <param name="std">Spread over seeds, floored (<see cref="SeedNoise"/>); &gt; 0.</param>
    /// <param name="seeds">At least two: one run has no spread and decides nothing.</param>
    /// <param name="printed">The printed value.</param>
    /// <param name="margin">In the same unit, &gt; 0.</param>
    public static Equivalence Test(double mean, double std, int seeds, double printed, double margin)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(std);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        var difference = mean - printed;
        var (own, single) = (std / Math.Sqrt(seeds), std * Math.Sqrt(1 + (1.0 / seeds)));
        return new(
            difference, own, Tail((margin - Math.Abs(difference)) / own),
            Math.Min(1, Tail((Math.Abs(difference) - margin) / single) + Tail((Math.Abs(difference) + margin) / single)));

        double Tail(double t) => Distributions.StudentTail(t, seeds - 1);
    }

    /// <summary>Seeds in all with which the nearer answer would be reached in nine of ten tries, if mean and spread stay as they are; null if no number does.</summary>
    /// <remarks>The smallest n with (t + z) s / √n ≤ margin - |d| within the margin, or t s √(1 + 1/n) + z s / √n ≤ |d| - margin beyond it: t the test's quantile, z that of the power.</remarks>
    /// <param name="difference">Ours minus printed.</param>
    /// <param name="std">Spread over seeds; &gt; 0.</param>
    /// <param name="margin">&gt; 0.</param>
    /// <param name="level">One-sided level of the test, in (0, 1/2).</param>
    public static int? SeedsToDecide(double difference, double std, double margin, double level)
    {
        var (distance, z) = (Math.Abs(difference), Distributions.NormalQuantile(1 - Power));
        if (!Decided(MostSeeds)) return null;
        var (no, yes) = (1, MostSeeds);
        while (yes - no > 1)
        {
            var middle = (no + yes) / 2;
            (no, yes) = Decided(middle) ? (no, middle) : (middle, yes);
        }

        return yes;

        bool Decided(int seeds)
        {
            var (t, own) = (Distributions.StudentQuantile(level, seeds - 1), std / Math.Sqrt(seeds));
            return distance < margin ? (t + z) * own <= margin - distance : (t * std * Math.Sqrt(1 + (1.0 / seeds))) + (z * own) <= distance - margin;
        }
    }
}
