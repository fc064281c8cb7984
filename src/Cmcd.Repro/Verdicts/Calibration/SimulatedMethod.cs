using Cmcd.Repro.Randomness;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Verdicts.Calibration;

/// <summary>A method whose true accuracy is known, answering made-up test items seed by seed.</summary>
/// <remarks>
/// Seed s answers item i rightly when centre + a(s) + ease(i) + e(s, i) &gt; 0, all normal: items run from nearly sure to nearly hopeless, a good seed is good on every item, and the
/// rest is luck of one seed with one item. With the variances Var e = 1, Var ease = τ², Var a = σ², the accuracy over all seeds and items is Φ(centre / √(1 + τ² + σ²)).
/// </remarks>
/// <param name="Percent">True accuracy over all seeds and items; in (0, 100).</param>
/// <param name="SeedStd">How much the accuracy on a large test set moves from seed to seed; about this many points.</param>
internal sealed record SimulatedMethod(double Percent, double SeedStd)
{
    /// <summary>τ: most items lie between 7 and 93 % around a method of 50 %.</summary>
    public const double Difficulty = 1.5;

    private readonly double _seeds = SeedStd / 100 * Math.Sqrt(1 + (Difficulty * Difficulty)) / Density(Distributions.NormalQuantile(1 - (Percent / 100)));

    private double Centre => Distributions.NormalQuantile(1 - (Percent / 100)) * Math.Sqrt(1 + (Difficulty * Difficulty) + (_seeds * _seeds));

    /// <summary>Ease of test items, drawn anew.</summary>
    public static double[] Items(int count, ref CounterRandom random)
    {
        var ease = new double[count];
        for (var i = 0; i < count; i++) ease[i] = Difficulty * random.NextNormal();
        return ease;
    }

    /// <summary>One seed's answers: right or wrong by item.</summary>
    /// <param name="ease">Ease of the items.</param>
    /// <param name="random">Draws of this seed.</param>
    public bool[] Answers(double[] ease, ref CounterRandom random)
    {
        var seed = Centre + (_seeds * random.NextNormal());
        var right = new bool[ease.Length];
        for (var i = 0; i < right.Length; i++) right[i] = seed + ease[i] + random.NextNormal() > 0;
        return right;
    }

    /// <summary>True accuracy on these items over all seeds, in percent.</summary>
    public double MeanOn(double[] ease)
    {
        var scale = Math.Sqrt(1 + (_seeds * _seeds));
        return 100 * ease.Average(item => Distributions.NormalTail(-(Centre + item) / scale));
    }

    private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
}
