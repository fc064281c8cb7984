using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>Does a quantity rise from group to group?</summary>
public static class Trend
{
    private const int ExactUpTo = 200_000;   // ways to deal the values out to the groups
    private const int Draws = 9_999;         // with the observed one 10,000: the smallest p is 0.0001

    /// <summary>Jonckheere and Terpstra's test against an ordered alternative.</summary>
    /// <remarks>
    /// Sources: A. R. Jonckheere, "A distribution-free k-sample test against ordered alternatives", Biometrika 41, 1954; T. J. Terpstra, 1952.
    /// Value is (pairs from two groups in rising order - pairs in falling order) / all such pairs, in [-1, 1]; equal values count for neither. p-values: share of all ways
    /// to deal the values out to groups of these sizes whose value is at least (at most) the observed one, exact up to 200,000 ways, else 9,999 random ones and
    /// the observed one. Interval: percentile bootstrap within groups, 9,999 resamples; groups of two or three make it a rough guide only, the p-values hold.
    /// </remarks>
    /// <param name="groups">Values by group, in the order in which they are expected to rise; at least two groups, none empty; finite.</param>
    /// <exception cref="ArgumentException">There are fewer than two groups, one is empty, or a value is not finite.</exception>
    public static Estimate Jonckheere(IReadOnlyList<IReadOnlyList<double>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count < 2 || groups.Any(group => group.Count == 0)) throw new ArgumentException("Expected at least two groups, none of them empty.", nameof(groups));
        if (!groups.SelectMany(group => group).All(double.IsFinite)) throw new ArgumentException("Expected finite values.", nameof(groups));

        var values = groups.SelectMany(group => group).ToArray();
        var sizes = groups.Select(group => group.Count).ToArray();
        var labels = groups.SelectMany((group, label) => group.Select(_ => label)).ToArray();
        var pairs = ((long)values.Length * values.Length - sizes.Sum(size => (long)size * size)) / 2;
        var observed = Excess(values, labels);
        var (atLeast, atMost, all) = Ways(sizes) <= ExactUpTo ? AllWays(values, sizes, observed) : RandomWays(values, labels, observed);
        var (low, high) = Interval(groups, labels, pairs);
        return new((double)observed / pairs, low, high, (double)atLeast / all, (double)atMost / all);
    }

    /// <summary>Rising minus falling pairs of different groups.</summary>
    private static long Excess(double[] values, int[] labels)
    {
        var excess = 0L;
        for (var i = 0; i < values.Length; i++)
            for (var j = i + 1; j < values.Length; j++) excess += Math.Sign(labels[j].CompareTo(labels[i])) * values[j].CompareTo(values[i]);
        return excess;
    }

    private static double Ways(int[] sizes)
    {
        var (ways, dealt) = (1.0, 0);
        foreach (var size in sizes)
            for (var i = 1; i <= size; i++) ways = ways * ++dealt / i;
        return ways;
    }

    private static (long AtLeast, long AtMost, long All) AllWays(double[] values, int[] sizes, long observed)
    {
        var (atLeast, atMost, all) = (0L, 0L, 0L);
        var (left, labels) = (sizes.ToArray(), new int[values.Length]);
        Deal(0, 0);
        return (atLeast, atMost, all);

        void Deal(int item, long excess)
        {
            if (item == values.Length)
            {
                all++;
                if (excess >= observed) atLeast++;
                if (excess <= observed) atMost++;
                return;
            }

            for (var label = 0; label < left.Length; label++)
            {
                if (left[label] == 0) continue;
                left[label]--;
                labels[item] = label;
                var added = 0L;
                for (var earlier = 0; earlier < item; earlier++) added += label.CompareTo(labels[earlier]) * values[item].CompareTo(values[earlier]);
                Deal(item + 1, excess + added);
                left[label]++;
            }
        }
    }

    private static (long AtLeast, long AtMost, long All) RandomWays(double[] values, int[] labels, long observed)
    {
        var (atLeast, atMost) = (1L, 1L);
        for (var draw = 0; draw < Draws; draw++)
        {
            var order = new CounterRandom(2, Purpose.Resampling, sample: draw).NextPermutation(values.Length);
            var excess = Excess(Array.ConvertAll(order, i => values[i]), labels);
            if (excess >= observed) atLeast++;
            if (excess <= observed) atMost++;
        }

        return (atLeast, atMost, Draws + 1);
    }

    private static (double Low, double High) Interval(IReadOnlyList<IReadOnlyList<double>> groups, int[] labels, long pairs)
    {
        var effects = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var random = new CounterRandom(3, Purpose.Resampling, sample: draw);
            var values = new List<double>(labels.Length);
            foreach (var group in groups)
                foreach (var _ in group) values.Add(group[random.NextInt(group.Count)]);
            effects[draw] = (double)Excess([.. values], labels) / pairs;
        }

        return Resamples.Middle95(effects);
    }
}
