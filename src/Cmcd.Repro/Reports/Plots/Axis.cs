using System.Globalization;

namespace Cmcd.Repro.Reports.Plots;

/// <summary>A range of numbers along an edge of a drawing.</summary>
internal sealed class Axis
{
    private readonly double _low, _high;
    private readonly bool _logarithmic;

    private Axis(double low, double high, bool logarithmic) => (_low, _high, _logarithmic) = (low, high, logarithmic);

    /// <summary>Reaches all values with a little room at both ends.</summary>
    /// <param name="values">Finite; at least one; positive where logarithmic.</param>
    /// <param name="logarithmic">Equal ratios are equally far apart.</param>
    public static Axis Over(IEnumerable<double> values, bool logarithmic = false)
    {
        var all = values.Select(value => logarithmic ? Math.Log10(value) : value).ToArray();
        var (low, high) = (all.Min(), all.Max());
        var pad = high > low ? (high - low) * 0.04 : 1;
        return new(low - pad, high + pad, logarithmic);
    }

    /// <summary>Four to eight round numbers within the range.</summary>
    public IReadOnlyList<double> Ticks => _logarithmic ? Decades() : Rounds(_low, _high);

    /// <summary>Where a value lies between two coordinates.</summary>
    public double Place(double value, double from, double to) => from + (((_logarithmic ? Math.Log10(value) : value) - _low) / (_high - _low) * (to - from));

    /// <summary>The value lies within the range.</summary>
    public bool Holds(double value) => (_logarithmic ? Math.Log10(value) : value) is var place && place >= _low && place <= _high;

    /// <summary>A tick's text.</summary>
    public static string Label(double tick) => tick.ToString("0.####", CultureInfo.InvariantCulture).Replace('-', '−');

    private static double[] Rounds(double low, double high)
    {
        var rough = (high - low) / 6;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        var first = (long)Math.Ceiling(low / step);
        return [.. Enumerable.Range(0, (int)((long)Math.Floor(high / step) - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>1, 2 and 5 of each power of ten.</summary>
    private double[] Decades() => [.. Enumerable.Range((int)Math.Floor(_low), (int)Math.Ceiling(_high) - (int)Math.Floor(_low) + 1)
        .SelectMany(power => new[] { 1, 2, 5 }.Select(digit => digit * Math.Pow(10, power))).Where(Holds)];
}
