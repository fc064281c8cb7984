using System.Globalization;

namespace Cmcd.Repro.Reports.Plots;

/// <summary>Named rows over one axis. Text is text and colours are classes of the page's style sheet, so that dark mode, print and zoom reach them.</summary>
internal static class RowPlot
{
    private const double Width = 420, Left = 112, Right = 14, RowHeight = 19, Gap = 9, Top = 6, Foot = 38;

    /// <param name="name">What it shows, for those who do not see it; its numbers stand in a table beside.</param>
    /// <param name="axis">What the axis measures, with unit.</param>
    /// <param name="rows">From top to bottom; at least one value in all.</param>
    /// <param name="zero">Draw a line at zero, and reach it.</param>
    public static Html Draw(string name, string axis, IReadOnlyList<PlotRow> rows, bool zero)
    {
        var values = rows.SelectMany(row => row.Values).Concat(zero ? [0.0] : []).ToArray();
        var (low, high) = Padded(values.Min(), values.Max());
        var height = Top + (rows.Count * RowHeight) + (Gap * rows.Zip(rows.Skip(1), (a, b) => a.Group == b.Group ? 0 : 1).Sum()) + Foot;
        var floor = height - Foot + 4;
        var ticks = Ticks(low, high);
        return Html.Of($"""
            <svg viewBox="0 0 {Width} {height}" role="img" aria-label="{name}">
            {ticks.Select(tick => Html.Of($"<path class=\"grid\" d=\"M{X(tick)} {Top}V{floor}\"/><text class=\"tick\" x=\"{X(tick)}\" y=\"{floor + 14}\" text-anchor=\"middle\">{Label(tick)}</text>"))}
            {(zero ? Html.Of($"<path class=\"zero\" d=\"M{X(0)} {Top}V{floor}\"/>") : default)}<path class="axis" d="M{Left} {floor}H{Width - Right}"/>
            <text class="tick" x="{(Left + Width - Right) / 2}" y="{floor + 30}" text-anchor="middle">{axis}</text>
            {rows.Select(Row)}
            </svg>

            """);

        double X(double value) => Left + ((value - low) / (high - low) * (Width - Left - Right));

        Html Row(PlotRow row, int i)
        {
            var gaps = rows.Take(i + 1).Zip(rows.Skip(1), (a, b) => a.Group == b.Group ? 0 : 1).Take(i).Sum();
            var y = Top + ((i + 0.5) * RowHeight) + (gaps * Gap);
            return Html.Of($"""
                <g transform="translate(0 {y})"><title>{row.Tip}</title><path class="guide" d="M{Left} 0H{Width - Right}"/><text x="{Left - 8}" y="4" text-anchor="end">{row.Label}</text>{row.Marks(X)}</g>

                """);
        }
    }

    private static (double Low, double High) Padded(double low, double high)
    {
        var pad = high > low ? (high - low) * 0.04 : 1;
        return (low - pad, high + pad);
    }

    /// <summary>Four to eight round numbers within the range.</summary>
    private static double[] Ticks(double low, double high)
    {
        var rough = (high - low) / 6;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        var first = (long)Math.Ceiling(low / step);
        return [.. Enumerable.Range(0, (int)((long)Math.Floor(high / step) - first) + 1).Select(i => (first + i) * step)];
    }

    private static string Label(double tick) => tick.ToString("0.####", CultureInfo.InvariantCulture).Replace('-', '−');
}
