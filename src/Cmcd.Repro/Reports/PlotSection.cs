using Cmcd.Repro.Reports.Plots;

namespace Cmcd.Repro.Reports;

/// <summary>The figures over whole tables. Many groups of panels are folded but the first, and only so many are drawn: the page stays small, the files have all.</summary>
internal static class PlotSection
{
    private const double Width = 430, Height = 270;
    private const int FewGroups = 2, MostPanels = 10;

    /// <summary>Nothing where nothing was measured that feeds one.</summary>
    public static Html Of(ReportFacts facts) => facts.Plots.Count == 0 ? default : Html.Of($"""
        <section id="figures" aria-labelledby="figures-title">
        <h2 id="figures-title">Figures</h2>
        {facts.Plots.Select(Plot)}</section>

        """);

    private static Html Plot(PlotFacts plot)
    {
        var all = plot.Panels.GroupBy(panel => panel.Group).ToArray();
        var groups = all.Where((_, place) => all.Take(place + 1).Sum(group => group.Count()) <= MostPanels).ToArray();
        var left = all.Length == groups.Length ? "" : $" Drawn here: {string.Join("; ", groups.Select(group => group.Key))}. The files hold all {all.Length} groups.";
        return Html.Of($"""
            <h3>{plot.Name}: {plot.Title}</h3>
            <p class="minor">{plot.About}{left} By itself: <code>plots/{plot.Name}.svg</code>; its numbers: <code>plots/{plot.Name}.csv</code>.</p>
            {Legend(plot)}{(all.Length > FewGroups ? Html.Join(groups.Select((group, place) => Html.Of($"""
                <details class="losses"{(place == 0 ? Html.Trusted(" open") : default)}><summary>{group.Key}: {Text.Count(group.Count(), "panel")}</summary>
                {Panels(plot, group)}{Numbers(plot, [.. group])}</details>

                """))) : Html.Of($"{Panels(plot, plot.Panels)}{groups.Select(group => Numbers(plot, [.. group]))}"))}
            """);
    }

    private static Html Legend(PlotFacts plot) => Html.Of($"""
        <ul class="legend">
        {plot.Panels.SelectMany(panel => panel.Series).Select(series => (series.Id, series.Label)).Distinct().Select(series => Html.Of($"""
            <li><svg viewBox="0 0 26 12" aria-hidden="true"><g class="c{SeriesStyle.Of(series.Id)}">{SeriesStyle.Key(SeriesStyle.Of(series.Id), plot.Panels[0].Joined)}</g></svg>{series.Label}</li>

            """))}</ul>

        """);

    private static Html Panels(PlotFacts plot, IEnumerable<PlotPanel> panels) => Html.Of($"""
        <div class="panels">
        {panels.Select(panel => Html.Of($"""
            <figure><figcaption>{PlotFile.FullTitle(panel)}</figcaption>
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{plot.Name}, {PlotFile.FullTitle(panel)}: {panel.Y.Label} against {panel.X.Label}; the numbers stand in a table below the figure">
            {PanelPlot.Draw(panel, plot.Panels.Where(other => other.Group == panel.Group), Width, Height)}</svg></figure>

            """))}</div>

        """);

    /// <summary>A line a place, a column a series.</summary>
    private static Html Numbers(PlotFacts plot, PlotPanel[] panels)
    {
        var (series, joined) = (panels.SelectMany(panel => panel.Series).Select(one => (one.Id, one.Label)).Distinct().ToArray(), panels[0].Joined);
        return TableFigures.Numbers(
            plot.Name, $"{panels[0].Group}, in numbers", [joined ? "panel and place" : "panel and point", .. series.Select(one => one.Label)],
            from panel in panels
            from point in panel.Series.SelectMany(one => one.Points).DistinctBy(point => point.Label)
            select (string[])
            [
                joined ? Place(panel, point) : $"{panel.Title}: {point.Label}",
                .. series.Select(one => panel.Series.FirstOrDefault(other => other.Id == one.Id)?.Points.FirstOrDefault(other => other.Label == point.Label) is not { } found ? "–"
                    : joined ? Value(found.Y, found.YLow, found.YHigh, panel.Y.Unit)
                    : $"{panel.X.Label} {Value(found.X, found.XLow, found.XHigh, panel.X.Unit)}, gain {Value(found.Y, found.YLow, found.YHigh, panel.Y.Unit)}"),
            ]);
    }

    private static string Place(PlotPanel panel, PlotPoint point) =>
        panel.X.Unit == "percent" ? $"{panel.Title}, {point.Label}" : $"{panel.Title}, {point.Label} ({panel.X.Label} {Text.Number(point.X, panel.X.Unit)})";

    private static string Value(double value, double? low, double? high, string unit) => low is null ? Text.Number(value, unit) : $"{Text.Number(value, unit)} {Text.Interval(low, high, unit)}";
}
