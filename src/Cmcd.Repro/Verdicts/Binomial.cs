namespace Cmcd.Repro.Verdicts;

/// <summary>How finely a test set can tell two accuracies apart.</summary>
internal static class Binomial
{
    /// <summary>Two-sided 95 %.</summary>
    public const double Significant = 1.96;

    /// <summary>Standard error of one accuracy, in points: 100 √(p (1 - p) / n).</summary>
    /// <param name="percent">The accuracy, in [0, 100].</param>
    /// <param name="items">Size of the test set.</param>
    public static double Error(double percent, int items) => Math.Sqrt(percent * (100 - percent) / items);

    /// <summary>Standard error of a difference of two accuracies, in points, as if their test sets were independent.</summary>
    /// <remarks>Paired answers, which the paper does not give, would resolve more.</remarks>
    public static double Error(double first, int firstItems, double second, int secondItems) =>
        Math.Sqrt(Square(Error(first, firstItems)) + Square(Error(second, secondItems)));

    private static double Square(double value) => value * value;
}
