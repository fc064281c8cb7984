using System.Globalization;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Reports.Plots;

/// <summary>The numbers of a figure, a line a point: RFC 4180, invariant culture, LF. Equal facts give equal bytes.</summary>
internal static class PlotCsv
{
    private static readonly string[] OfPoint = ["series", "point", "x_axis", "x", "x_low", "x_high", "y_axis", "y", "y_low", "y_high", "seeds"];

    public static string Of(PlotFacts plot) => CsvText.Of([
        [.. plot.Keys, .. OfPoint],
        .. from panel in plot.Panels
           from series in panel.Series
           from point in series.Points
           select (string[])
           [
               .. panel.Keys, series.Id, point.Label, panel.X.Label, Text(point.X), Text(point.XLow), Text(point.XHigh), panel.Y.Label, Text(point.Y), Text(point.YLow), Text(point.YHigh),
               point.Seeds.ToString(CultureInfo.InvariantCulture),
           ],
    ]);

    // Shortest text that reads back to the same number.
    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
