using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>Do two quantities rise together, whatever their scales?</summary>
public static class RankCorrelation
{
    private const int ExactUpTo = 9;       // 9! = 362,880 orders
    private const int Draws = 9_999;       // with the observed order 10,000: the smallest p is 0.0001
    private const double Tie = 1e-9;       // sums of products of half ranks are multiples of 1/4

    /// <summary>Spearman's rank correlation in [-1, 1], ties at their middle rank.</summary>
    /// <remarks>
    /// p-values: share of all orders of y whose correlation is at least (at most) the observed one, exact for at most nine points, else 9,999 random orders and the
    /// observed one (Phipson and Smyth, 2010: never zero). Interval: percentile bootstrap over points, 9,999 resamples; resamples in which one quantity is constant
    /// have no correlation and are drawn again. With fewer than about eight points the interval is a rough guide only; the p-values hold.
    /// </remarks>
    /// <param name="x">One value a point; finite.</param>
    /// <param name="y">As many; finite.</param>
    /// <exception cref="ArgumentException">The lengths differ or are below three, a value is not finite, or one quantity is constant.</exception>
    public static Estimate Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count || x.Count < 3) throw new ArgumentException($"Expected two lists of one length, at least 3, got {x.Count} and {y.Count}.");
        if (!x.Concat(y).All(double.IsFinite)) throw new ArgumentException("Expected finite values.");
        if (x.Distinct().Count() == 1 || y.Distinct().Count() == 1) throw new ArgumentException("A constant has no rank correlation with anything.");

        var (first, second) = (Ranks(x), Ranks(y));
        var observed = Sum(first, second);
        var (atLeast, atMost, all) = first.Length <= ExactUpTo ? AllOrders(first, second, observed) : RandomOrders(first, second, observed);
        var (low, high) = Interval(x, y);
        return new(Pearson(first, second), low, high, atLeast / all, atMost / all);
    }

    /// <summary>Ranks from 1; equal values share the mean of their ranks.</summary>
    internal static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[order.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && values[order[end]] == values[order[start]]) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = (start + end + 1) / 2.0;
            start = end;
        }

        return ranks;
    }

    private static (double AtLeast, double AtMost, double All) AllOrders(double[] x, double[] y, double observed)
    {
        var (atLeast, atMost, all) = (0, 0, 0);
        Place(0, 0, 0);
        return (atLeast, atMost, all);

        void Place(int position, int used, double sum)
        {
            if (position == x.Length)
            {
                all++;
                if (sum >= observed - Tie) atLeast++;
                if (sum <= observed + Tie) atMost++;
                return;
            }

            for (var i = 0; i < y.Length; i++)
                if ((used & (1 << i)) == 0) Place(position + 1, used | (1 << i), sum + (x[position] * y[i]));
        }
    }

    private static (double AtLeast, double AtMost, double All) RandomOrders(double[] x, double[] y, double observed)
    {
        var (atLeast, atMost) = (1, 1);
        for (var draw = 0; draw < Draws; draw++)
        {
            var order = new CounterRandom(0, Purpose.Resampling, sample: draw).NextPermutation(y.Length);
            var sum = Sum(x, Array.ConvertAll(order, i => y[i]));
            if (sum >= observed - Tie) atLeast++;
            if (sum <= observed + Tie) atMost++;
        }

        return (atLeast, atMost, Draws + 1);
    }

    private static (double Low, double High) Interval(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var correlations = new List<double>(Draws);
        for (var draw = 0; correlations.Count < Draws; draw++)
        {
            var random = new CounterRandom(1, Purpose.Resampling, sample: draw);
            var points = new int[x.Count];
            for (var i = 0; i < points.Length; i++) points[i] = random.NextInt(points.Length);
            var correlation = Pearson(Ranks(Array.ConvertAll(points, i => x[i])), Ranks(Array.ConvertAll(points, i => y[i])));
            if (double.IsFinite(correlation)) correlations.Add(correlation);
        }

        return Resamples.Middle95(correlations);
    }

    private static double Pearson(double[] x, double[] y)
    {
        var middle = (x.Length + 1) / 2.0;   // the mean of all ranks
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - middle) * (y[i] - middle);
            xx += (x[i] - middle) * (x[i] - middle);
            yy += (y[i] - middle) * (y[i] - middle);
        }

        return xy / Math.Sqrt(xx * yy);
    }

    private static double Sum(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }
}
