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
        var values = Axis.Over(rows.SelectMany(row => row.Values).Concat(zero ? [0.0] : []));
        var height = Top + (rows.Count * RowHeight) + (Gap * rows.Zip(rows.Skip(1), (a, b) => a.Group == b.Group ? 0 : 1).Sum()) + Foot;
        var floor = height - Foot + 4;
        return Html.Of($"""
            <svg viewBox="0 0 {Width} {height}" role="img" aria-label="{name}">
            {values.Ticks.Select(tick => Html.Of($"<path class=\"grid\" d=\"M{X(tick)} {Top}V{floor}\"/><text class=\"tick\" x=\"{X(tick)}\" y=\"{floor + 14}\" text-anchor=\"middle\">{Axis.Label(tick)}</text>"))}
            {(zero ? Html.Of($"<path class=\"zero\" d=\"M{X(0)} {Top}V{floor}\"/>") : default)}<path class="axis" d="M{Left} {floor}H{Width - Right}"/>
            <text class="tick" x="{(Left + Width - Right) / 2}" y="{floor + 30}" text-anchor="middle">{axis}</text>
            {rows.Select(Row)}
            </svg>

            """);

        double X(double value) => values.Place(value, Left, Width - Right);

        Html Row(PlotRow row, int i)
        {
            var gaps = rows.Take(i + 1).Zip(rows.Skip(1), (a, b) => a.Group == b.Group ? 0 : 1).Take(i).Sum();
            var y = Top + ((i + 0.5) * RowHeight) + (gaps * Gap);
            return Html.Of($"""
                <g transform="translate(0 {y})"><title>{row.Tip}</title><path class="guide" d="M{Left} 0H{Width - Right}"/><text x="{Left - 8}" y="4" text-anchor="end">{row.Label}</text>{row.Marks(X)}</g>

                """);
        }
    }
}
