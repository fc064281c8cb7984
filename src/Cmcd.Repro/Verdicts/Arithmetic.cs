using System.Diagnostics;
using System.Globalization;
using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Verdicts;

/// <summary>Quantities → numbers, and how they came about.</summary>
internal static class Arithmetic
{
    private const int Digits = 9;   // differences of two-decimal numbers are cleared of binary dust, nothing else is rounded

    /// <summary>The quantity with every "best of" replaced by its winner.</summary>
    public static Quantity Fix(Quantity quantity, Func<CellAddress, double> numbers, Scale scale) => quantity switch
    {
        BestQuantity best => best.Of.Select(member => Fix(member, numbers, scale)).MaxBy(member => Value(member, numbers, scale))!,
        MeanQuantity mean => new MeanQuantity([.. mean.Of.Select(member => Fix(member, numbers, scale))]),
        SumQuantity sum => new SumQuantity([.. sum.Of.Select(member => Fix(member, numbers, scale))]),
        GainQuantity gain => new GainQuantity(Fix(gain.Of, numbers, scale), Fix(gain.Over, numbers, scale)),
        _ => quantity,
    };

    /// <summary>The quantity's value; percent or points.</summary>
    public static double Value(Quantity quantity, Func<CellAddress, double> numbers, Scale scale) => Math.Round(quantity switch
    {
        CellQuantity cell => numbers(cell.Address),
        StatedQuantity stated => stated.Value,
        BestQuantity best => best.Of.Max(member => Value(member, numbers, scale)),
        MeanQuantity mean => mean.Of.Average(member => Value(member, numbers, scale)),
        SumQuantity sum => sum.Of.Sum(member => Value(member, numbers, scale)),
        GainQuantity gain => Gain(Value(gain.Of, numbers, scale), Value(gain.Over, numbers, scale), scale),
        _ => throw new UnreachableException($"Quantity has a kind without an arm here: {quantity.GetType().Name}."),
    }, Digits);

    /// <summary>How far one accuracy lies above another.</summary>
    public static double Gain(double value, double reference, Scale scale) => scale switch
    {
        Scale.Points => value - reference,
        Scale.Relative => 100 * (value - reference) / reference,
        Scale.ErrorReduction => 100 * (value - reference) / (100 - reference),
        _ => throw new UnreachableException($"Scale has a value without an arm here: {scale}."),
    };

    /// <summary>What the quantity is, for people: rows, with the column where <paramref name="columns"/> asks for it.</summary>
    public static string Name(Quantity quantity, bool columns) => quantity switch
    {
        CellQuantity cell => columns ? $"{cell.Address.Row}/{cell.Address.Column}" : cell.Address.Row,
        StatedQuantity stated => stated.Where,
        BestQuantity best => $"best of {string.Join(", ", best.Of.Select(member => Name(member, columns)))}",
        MeanQuantity mean => $"mean of ({string.Join(" and ", mean.Of.Select(member => Name(member, columns)))})",
        SumQuantity sum => string.Join(" + ", sum.Of.Select(member => Name(member, columns))),
        GainQuantity gain => $"{Name(gain.Of, columns)} over {Name(gain.Over, columns: false)}",
        _ => throw new UnreachableException($"Quantity has a kind without an arm here: {quantity.GetType().Name}."),
    };

    /// <summary>Two decimals, or none of a whole number above 100.</summary>
    public static string Plain(double value) => value > 100 ? Text($"{value:N0}") : Text($"{value:F2}");

    /// <summary>Two decimals with a sign.</summary>
    public static string Signed(double value) => Math.Abs(value) > 100 ? Text($"{value:+#,0;-#,0}") : Text($"{value:+0.00;-0.00;0.00}");

    /// <summary>Culture-free text.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
