using System.Globalization;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Reports;

/// <summary>How numbers and verdicts are written for people.</summary>
internal static class Text
{
    /// <summary>Percent and points with two decimals, other units with up to six significant digits; an en dash for none.</summary>
    public static string Number(double? value, string unit = "percent") => value is not { } number ? "–"
        : number.ToString(unit is "percent" or "points" ? "0.00" : "G6", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>With its sign.</summary>
    public static string Signed(double? value, string unit = "points") => value > 0 ? "+" + Number(value, unit) : Number(value, unit);

    /// <summary>[low, high], or why there is none.</summary>
    public static string Interval(double? low, double? high, string unit = "percent", bool signed = false) => low is null || high is null ? "no interval"
        : signed ? $"[{Signed(low, unit)}, {Signed(high, unit)}]" : $"[{Number(low, unit)}, {Number(high, unit)}]";

    /// <summary>A loss: four significant digits.</summary>
    public static string Loss(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>12.3 s, 4 min 5 s, 2 h 3 min.</summary>
    public static string Duration(double seconds)
    {
        var whole = (long)Math.Round(seconds);
        return whole switch
        {
            < 60 => FormattableString.Invariant($"{seconds:0.0} s"),
            < 3600 => FormattableString.Invariant($"{whole / 60} min {whole % 60} s"),
            _ => FormattableString.Invariant($"{whole / 3600} h {whole % 3600 / 60} min"),
        };
    }

    /// <summary>seed, seeds; stage, stages.</summary>
    public static string Count(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>NOT_TESTED → not tested.</summary>
    public static string Word(Verdict verdict) => verdict.ToString().Replace('_', ' ').ToLowerInvariant();

    /// <summary>The style sheet's class: v-not-tested.</summary>
    public static string Class(Verdict verdict) => "v-" + Word(verdict).Replace(' ', '-');

    /// <summary>A sign that tells verdicts apart where colour does not.</summary>
    public static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.REPRODUCED => "✓",
        Verdict.CONTRADICTED => "✗",
        Verdict.INCONCLUSIVE => "?",
        Verdict.NOT_TESTED => "○",
        Verdict.STALE => "!",
        _ => "–",
    };

    /// <summary>The verdict in half a line.</summary>
    public static string Meaning(Verdict verdict) => verdict switch
    {
        Verdict.REPRODUCED => "tested: what the paper says holds",
        Verdict.CONTRADICTED => "tested: what the paper says does not hold",
        Verdict.INCONCLUSIVE => "tested: the runs cannot decide",
        Verdict.NOT_TESTED => "not measured, or in a tier that says nothing about the printed value",
        Verdict.STALE => "measured by another version",
        _ => "its data or network cannot be had",
    };

    /// <summary>Sign and word in the verdict's colours.</summary>
    public static Html Badge(Verdict verdict) => Html.Of($"<span class=\"badge {Class(verdict)}\"><span aria-hidden=\"true\">{Sign(verdict)}</span> {Word(verdict)}</span>");
}
