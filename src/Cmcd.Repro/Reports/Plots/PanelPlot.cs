namespace Cmcd.Repro.Reports.Plots;

/// <summary>One panel of a figure: series over two axes, joined or with names at their points. The same marks for the page and for a file of its own.</summary>
internal static class PanelPlot
{
    private const double Left = 50, Right = 12, Top = 8, Foot = 38;
    private const double Dodge = 1.1;   // intervals at one place stand side by side
    private const double Cap = 3;
    private const double Close = 9;     // a name no farther off needs no line to its mark

    /// <summary>The axes of the panels of one group: the vertical one is shared, so that panels compare.</summary>
    public static (Axis X, Axis Y) AxesOf(PlotPanel panel, IEnumerable<PlotPanel> group)
    {
        var own = panel.Series.SelectMany(series => series.Points).ToArray();
        var all = group.SelectMany(other => other.Series).SelectMany(series => series.Points);
        return (
            Axis.Over(own.SelectMany(point => (double?[])[point.X, point.XLow, point.XHigh]).OfType<double>(), panel.X.Logarithmic),
            Axis.Over(all.SelectMany(point => (double?[])[point.Y, point.YLow, point.YHigh]).OfType<double>(), panel.Y.Logarithmic));
    }

    /// <summary>The panel without its title, in a frame of the given size whose upper left corner is the origin.</summary>
    public static Html Draw(PlotPanel panel, IEnumerable<PlotPanel> group, double width, double height)
    {
        var (across, up) = AxesOf(panel, group);
        var floor = height - Foot;
        var baseline = up.Holds(0) && !panel.Y.Logarithmic ? Html.Of($"<path class=\"zero\" d=\"M{Left} {Y(0)}H{width - Right}\"/>") : default;
        return Html.Of($"""
            {across.Ticks.Select(tick => Html.Of($"<path class=\"grid\" d=\"M{X(tick)} {Top}V{floor}\"/><text class=\"tick\" x=\"{X(tick)}\" y=\"{floor + 14}\" text-anchor=\"middle\">{Axis.Label(tick)}</text>"))}
            {up.Ticks.Select(tick => Html.Of($"<path class=\"grid\" d=\"M{Left} {Y(tick)}H{width - Right}\"/><text class=\"tick\" x=\"{Left - 6}\" y=\"{Y(tick) + 3.5}\" text-anchor=\"end\">{Axis.Label(tick)}</text>"))}
            {baseline}<path class="axis" d="M{Left} {Top}V{floor}H{width - Right}"/>
            <text class="tick" x="{(Left + width - Right) / 2}" y="{floor + 31}" text-anchor="middle">{panel.X.Label}</text><text class="tick" transform="translate(11 {(Top + floor) / 2}) rotate(-90)" text-anchor="middle">{panel.Y.Label}</text>
            {panel.Series.Select((series, place) => (series, place)).Reverse().Select(one => Series(one.series, one.place))}{(panel.Joined ? default : Names())}
            """);

        double X(double value) => across.Place(value, Left, width - Right);

        double Y(double value) => up.Place(value, floor, Top);

        // The first of the legend is drawn last, above the others.
        Html Series(PlotSeries series, int place)
        {
            var style = SeriesStyle.Of(series.Id);
            var shift = panel.Joined ? (place - ((panel.Series.Count - 1) / 2.0)) * Dodge : 0;
            var points = series.Points.Select(point => (Point: point, X: X(point.X) + shift, Y: Y(point.Y))).ToArray();
            var intervals = Html.Join(points.Select(at => Interval(at.Point, at.X, at.Y)));
            return Html.Of($"""
                <g class="c{style}"><title>{series.Label}</title>{(panel.Joined ? Html.Of($"<path class=\"line\" d=\"{points.Select((at, i) => Html.Of($"{(i == 0 ? "M" : "L")}{at.X} {at.Y}"))}\"/>") : default)}{(intervals.ToString().Length == 0 ? default : Html.Of($"<path class=\"reach\" d=\"{intervals}\"/>"))}<path class="mark" d="{points.Select(at => SeriesStyle.Shape(style, at.X, at.Y))}"/></g>

                """);
        }

        Html Interval(PlotPoint point, double x, double y)
        {
            var upright = point is { YLow: { } low, YHigh: { } high }
                ? panel.Joined ? Html.Of($"M{x} {Y(low)}V{Y(high)}") : Html.Of($"M{x} {Y(low)}V{Y(high)}M{x - Cap} {Y(low)}h6M{x - Cap} {Y(high)}h6") : default;
            // Of a joined series the points lie at settings or at distances that all series share: their horizontal spread is in the numbers.
            var flat = !panel.Joined && point is { XLow: { } left, XHigh: { } right } ? Html.Of($"M{X(left)} {y}H{X(right)}M{X(left)} {y - Cap}v6M{X(right)} {y - Cap}v6") : default;
            return Html.Of($"{upright}{flat}");
        }

        Html Names()
        {
            var points = panel.Series.SelectMany(series => series.Points).ToArray();
            (double X, double Y, string Name)[] places = [.. points.Select(point => (X(point.X), Y(point.Y), point.Label))];
            var marks = places.Select(place => Box.About(place.X, place.Y, 6)).ToArray();
            var boxes = LabelPlaces.Of(places, marks, [.. points.SelectMany(Lines), new(Left, Y(0) - 1, width - Right, Y(0) + 1)], new(Left + 2, Top, width - 2, floor - 2));
            return Html.Join(places.Zip(boxes).Select(one => one.Second is { } box ? Name(one.First, box) : default));
        }

        IEnumerable<Box> Lines(PlotPoint point)
        {
            var (x, y) = (X(point.X), Y(point.Y));
            if (point is { YLow: { } low, YHigh: { } high }) yield return new(x - Cap, Y(high), x + Cap, Y(low));
            if (point is { XLow: { } left, XHigh: { } right }) yield return new(X(left), y - Cap, X(right), y + Cap);
        }
    }

    /// <summary>A name that stands off its mark is tied to it.</summary>
    private static Html Name((double X, double Y, string Name) point, Box box)
    {
        var (x, y) = box.Nearest(point.X, point.Y);
        var tie = Math.Max(Math.Abs(x - point.X), Math.Abs(y - point.Y)) <= Close ? default : Html.Of($"<path class=\"tie\" d=\"M{point.X} {point.Y}L{x} {y}\"/>");
        // Letters are narrower than their box: the text keeps to the side where its mark is.
        var (at, anchor) = box.Left > point.X ? (box.Left, "start") : box.Right < point.X ? (box.Right, "end") : ((box.Left + box.Right) / 2, "middle");
        return Html.Of($"{tie}<text class=\"name\" x=\"{at}\" y=\"{box.Top + 9.5}\" text-anchor=\"{anchor}\">{point.Name}</text>");
    }
}
