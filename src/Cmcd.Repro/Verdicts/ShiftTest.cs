using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Verdicts;

/// <summary>How far one measured cell lies from another measurement of it, and how likely chance alone moves it that far.</summary>
/// <param name="Name">What was done, for people.</param>
/// <param name="Difference">First minus second, over what was compared, in the cell's unit.</param>
/// <param name="Low">Lower end of the 95 % interval; null where there is none.</param>
/// <param name="High">Upper end; null where there is none.</param>
/// <param name="P">Two-sided p-value in [0, 1]; null where nothing can be said.</param>
public sealed record ShiftTest(string Name, double Difference, double? Low, double? High, double? P)
{
    private const double Confidence = 0.95;
    private const double Normal = 1.959963984540054;   // between ± this lies 95 % of the standard normal

    /// <summary>Chooses the test by what both sides share: seeds and test items, seeds, or neither.</summary>
    /// <param name="first">Table of the first measurement.</param>
    /// <param name="second">Table of the second.</param>
    /// <param name="cell">A cell that both have measured, in the same metric and unit.</param>
    /// <remarks>
    /// Two or more shared seeds: <see cref="PairedInference"/> where the test items are the same, else Student's t on the differences by seed. One shared seed: McNemar's exact test on the items that only one side
    /// got right (Q. McNemar, Psychometrika 12, 1947), or, for scores that are not simply right or wrong, the normal test of their mean difference. No shared seed: Welch's test (B. L. Welch, Biometrika 34, 1947), degrees of freedom rounded down.
    /// </remarks>
    public static ShiftTest Of(TableResults first, TableResults second, CellRow cell)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(cell);
        var ours = first.RunsOf(cell.Cell).ToDictionary(run => run.Seed);
        var theirs = second.RunsOf(cell.Cell).ToDictionary(run => run.Seed);
        var values = (First: ours.ToDictionary(run => run.Key, run => run.Value.Value), Second: theirs.ToDictionary(run => run.Key, run => run.Value.Value));
        var paired = PairedDifference.Of(values.First, values.Second);
        if (paired.Difference is not { } difference) return Welch(values.First.Values, values.Second.Values);

        var (mine, its) = (ItemScores.Of(first, cell, [.. paired.Seeds.Select(seed => ours[seed])]), ItemScores.Of(second, cell, [.. paired.Seeds.Select(seed => theirs[seed])]));
        if (mine is null || its is null || !mine.Shares(its)) return difference.Count == 1 ? new("one shared seed and other test items: no test", difference.Mean, null, null, null) : PairedT(difference);
        return difference.Count > 1 ? PairedItems([.. paired.Seeds.Select(seed => mine.BySeed[seed])], [.. paired.Seeds.Select(seed => its.BySeed[seed])])
            : mine.BySeed.Values.Concat(its.BySeed.Values).All(scores => scores.All(score => score is 0 or 100)) ? McNemar(mine.BySeed[paired.Seeds[0]], its.BySeed[paired.Seeds[0]])
            : ByItem(mine.BySeed[paired.Seeds[0]], its.BySeed[paired.Seeds[0]]);
    }

    private static ShiftTest PairedItems(IReadOnlyList<IReadOnlyList<double>> first, IReadOnlyList<IReadOnlyList<double>> second)
    {
        var estimate = PairedInference.Difference(first, second);
        return new(
            $"paired by {first.Count} seeds and by item", estimate.Value, estimate.Low, estimate.High, estimate.Value == 0 ? 1 : Math.Min(1, 2 * Math.Min(estimate.PAboveZero, estimate.PBelowZero)));
    }

    private static ShiftTest PairedT(Spread difference)
    {
        var error = difference.Std!.Value / Math.Sqrt(difference.Count);
        var name = $"paired by {difference.Count} seeds";
        if (error == 0) return new(name, difference.Mean, difference.Mean, difference.Mean, difference.Mean == 0 ? 1 : null);
        return OfT(name, difference.Mean, error, difference.Count - 1);
    }

    /// <summary>Many items, each with a difference of its own: their mean is about normal.</summary>
    private static ShiftTest ByItem(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double[] differences = [.. first.Zip(second, (one, other) => one - other)];
        var mean = differences.Average();
        var error = Math.Sqrt(differences.Sum(difference => (difference - mean) * (difference - mean)) / (differences.Length - 1.0) / differences.Length);
        var name = $"one seed, by {differences.Length} items";
        if (!(error > 0)) return new(name, mean, mean, mean, mean == 0 ? 1 : null);
        return new(name, mean, mean - (Normal * error), mean + (Normal * error), Math.Min(1, 2 * Distributions.NormalTail(Math.Abs(mean) / error)));
    }

    /// <summary>Exact binomial test: chance gives each discordant item to either side with probability one half.</summary>
    private static ShiftTest McNemar(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var pairs = first.Zip(second).ToArray();
        var (onlyFirst, onlySecond) = (pairs.Count(pair => pair is (100, 0)), pairs.Count(pair => pair is (0, 100)));
        var share = (double)(onlyFirst - onlySecond) / pairs.Length;
        var difference = 100 * share;
        // Sampling variance of the difference of two shares over the same items.
        var reach = Normal * 100 * Math.Sqrt((((double)(onlyFirst + onlySecond) / pairs.Length) - (share * share)) / pairs.Length);
        return new($"one seed, by item (McNemar, {onlyFirst} against {onlySecond})", difference, difference - reach, difference + reach, BinomialTwoSided(Math.Min(onlyFirst, onlySecond), onlyFirst + onlySecond));
    }

    private static ShiftTest Welch(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        var (a, b) = (Cells.Fold(first), Cells.Fold(second));
        var difference = a.Mean - b.Mean;
        if (a.Std is not { } aStd || b.Std is not { } bStd) return new("no shared seed and one seed on a side: no test", difference, null, null, null);

        var (aError, bError) = (aStd * aStd / a.Count, bStd * bStd / b.Count);
        var name = $"unpaired, {a.Count} and {b.Count} seeds (Welch)";
        if (aError + bError == 0) return new(name, difference, difference, difference, difference == 0 ? 1 : null);
        var degrees = (aError + bError) * (aError + bError) / ((aError * aError / (a.Count - 1)) + (bError * bError / (b.Count - 1)));
        return OfT(name, difference, Math.Sqrt(aError + bError), Math.Max(1, (int)degrees));
    }

    private static ShiftTest OfT(string name, double difference, double error, int degrees)
    {
        var reach = StudentT.TwoSided(Confidence, degrees) * error;
        return new(name, difference, difference - reach, difference + reach, StudentT.TwoSidedTail(difference / error, degrees));
    }

    /// <summary>2 P(X ≤ fewer), X binomial of (all, 1/2), at most 1.</summary>
    internal static double BinomialTwoSided(int fewer, int all)
    {
        var sum = 0.0;
        var logTerm = -all * Math.Log(2);
        for (var k = 0; k <= fewer; k++)
        {
            sum += Math.Exp(logTerm);
            logTerm += Math.Log((double)(all - k) / (k + 1));
        }

        return Math.Min(1, 2 * sum);
    }
}
