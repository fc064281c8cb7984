namespace Cmcd.Repro.Verdicts;

/// <summary>Spearman's rank correlation as a description of printed numbers; inference on runs needs more than this.</summary>
internal static class RankOrder
{
    /// <summary>Pearson's correlation of the ranks, ties at their middle rank; in [-1, 1], NaN where one quantity is constant.</summary>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var (first, second) = (Ranks(x), Ranks(y));
        var middle = (x.Count + 1) / 2.0;   // the mean of all ranks
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            xy += (first[i] - middle) * (second[i] - middle);
            xx += (first[i] - middle) * (first[i] - middle);
            yy += (second[i] - middle) * (second[i] - middle);
        }

        return xy / Math.Sqrt(xx * yy);
    }

    private static double[] Ranks(IReadOnlyList<double> values) =>
        [.. values.Select(value => values.Count(other => other < value) + ((values.Count(other => other == value) + 1) / 2.0))];
}
