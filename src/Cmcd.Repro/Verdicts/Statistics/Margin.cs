namespace Cmcd.Repro.Verdicts.Statistics;

/// <summary>How far a mean may lie from a printed value and still be the same result; in points.</summary>
/// <remarks>
/// The margin says what the printed number means; it is fixed before any run of ours, and nothing that we measure enters it. What our runs can tell is uncertainty and
/// stands in <see cref="Equivalence"/>. A margin that grew with our own spread would let noise prove sameness; this one cannot.
/// Parts: rounding, half of the last printed digit; sampling, the 95 % range z √(p (1 - p) / m) of one test set of m items around the accuracy it samples, because the printed
/// number is one run on one test set and says nothing finer about the method; parity, what two faithful pipelines are known to differ by, as the tier declares it with its
/// reason. Sampling and the gaps are independent and unknown in sign: they join by squares, as independent components of uncertainty do (JCGM 100:2008, 5.1.2). Rounding is
/// a hard bound and is added.
/// The printed run's own seed is not part of it: only our spread could size that, see <see cref="Equivalence"/> for where it counts instead. A tier whose test items are
/// not the paper's own draw has to declare that as a gap.
/// </remarks>
/// <param name="Rounding">Half of the last printed digit.</param>
/// <param name="Sampling">95 % range of one test set.</param>
/// <param name="Parity">The declared gaps, joined by squares.</param>
public sealed record Margin(double Rounding, double Sampling, double Parity)
{
    private const double TwoDecimals = 0.005;

    /// <summary>The whole margin; &gt; 0.</summary>
    public double Total => Rounding + Math.Sqrt((Sampling * Sampling) + (Parity * Parity));

    /// <summary>The margin of a printed percentage with two decimals.</summary>
    /// <param name="printed">Percent, in [0, 100].</param>
    /// <param name="testItems">Size of the test set behind it, at least 1.</param>
    /// <param name="gaps">Declared gaps in points, each at least 0.</param>
    public static Margin Of(double printed, int testItems, IEnumerable<double> gaps) => new(
        TwoDecimals, Distributions.NormalQuantile(0.025) * SeedNoise.Binomial(printed, testItems), Math.Sqrt(gaps.Sum(gap => gap * gap)));
}
