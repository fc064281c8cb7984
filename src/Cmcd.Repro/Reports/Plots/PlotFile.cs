namespace Cmcd.Repro.Reports.Plots;

/// <summary>A figure as a file of its own: it brings its style, in light and dark, its title and its description.</summary>
internal static class PlotFile
{
    private const double Margin = 20, Gutter = 22, Letter = 6.4, Line = 17, Most = 5;

    private static readonly Html Style = Html.Trusted(Resource());

    /// <summary>SVG 1.1 with a style sheet; only plain text, paths and groups.</summary>
    public static string Svg(PlotFacts plot, string tier)
    {
        var rows = RowsOf(plot.Panels);
        var (panelWidth, panelHeight) = rows.Max(row => row.Length) > 2 ? (300.0, 230.0) : (430.0, 290.0);
        var width = (Margin * 2) + (rows.Max(row => row.Length) * (panelWidth + Gutter)) - Gutter;
        var about = Lines(plot.About, width - (Margin * 2));
        var legend = Legend(plot, width - (Margin * 2));
        var top = Margin + 16 + (about.Count * Line) + 8 + (legend.Rows * Line) + 16;
        var height = top + rows.Sum(row => HeadOf(row, rows) + panelHeight + 8) + Margin;
        return Html.Of($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title about">
            <title id="title">{plot.Title} (tier {tier})</title>
            <desc id="about">{plot.About} Panels: {string.Join("; ", plot.Panels.Select(panel => FullTitle(panel)).Distinct())}. The numbers stand in {plot.Name}.csv.</desc>
            <style>
            {Style}</style>
            <rect class="back" width="{width}" height="{height}"/>
            <text class="title" x="{Margin}" y="{Margin + 13}">{plot.Title} · tier {tier}</text>
            {about.Select((line, i) => Html.Of($"<text class=\"tick\" x=\"{Margin}\" y=\"{Margin + 30 + (i * Line)}\">{line}</text>\n"))}<g transform="translate({Margin} {Margin + 20 + (about.Count * Line) + 8})">
            {legend.Drawn}</g>
            {Panels()}</svg>

            """).ToString();

        Html Panels()
        {
            var drawn = new List<Html>();
            var y = top;
            PlotPanel[]? before = null;
            foreach (var row in rows)
            {
                var head = HeadOf(row, rows);
                var opens = head > Line && before?[0].Group != row[0].Group;
                if (opens) drawn.Add(Html.Of($"<text class=\"title\" x=\"{Margin}\" y=\"{y + 14}\">{row[0].Group}</text>\n"));
                for (var i = 0; i < row.Length; i++)
                {
                    var x = Margin + (i * (panelWidth + Gutter));
                    drawn.Add(Html.Of($"""
                        <text class="head" x="{x}" y="{y + head - 5}">{(head > Line ? row[i].Title : FullTitle(row[i]))}</text>
                        <g transform="translate({x} {y + head})">
                        {PanelPlot.Draw(row[i], plot.Panels.Where(panel => panel.Group == row[i].Group), panelWidth, panelHeight)}</g>

                        """));
                }

                (y, before) = (y + head + panelHeight + 8, row);
            }

            return Html.Join(drawn);
        }
    }

    /// <summary>Group and title, each once.</summary>
    public static string FullTitle(PlotPanel panel) => panel.Group.Length == 0 || panel.Group == panel.Title ? panel.Title : $"{panel.Group}, {panel.Title}";

    /// <summary>A row a group; groups of one panel stand side by side.</summary>
    private static List<PlotPanel[]> RowsOf(IReadOnlyList<PlotPanel> panels)
    {
        var groups = panels.GroupBy(panel => panel.Group).ToArray();
        return groups.All(group => group.Count() == 1) ? [.. panels.Chunk(2)] : [.. groups.SelectMany(group => group.Chunk((int)Most))];
    }

    // Several groups of several panels have a heading each.
    private static double HeadOf(PlotPanel[] row, List<PlotPanel[]> rows) => row.Length > 2 && rows.Count > 1 ? (2 * Line) + 8 : Line;

    private static (Html Drawn, int Rows) Legend(PlotFacts plot, double width)
    {
        var (x, row) = (0.0, 0);
        var drawn = new List<Html>();
        var joined = plot.Panels[0].Joined;
        foreach (var (id, label) in plot.Panels.SelectMany(panel => panel.Series).Select(series => (series.Id, series.Label)).Distinct())
        {
            var wide = 30 + (label.Length * Letter) + 16;
            if (x > 0 && x + wide > width) (x, row) = (0, row + 1);
            drawn.Add(Html.Of($"<g class=\"c{SeriesStyle.Of(id)}\" transform=\"translate({x} {row * Line})\">{SeriesStyle.Key(SeriesStyle.Of(id), joined)}<text x=\"31\" y=\"10\">{label}</text></g>\n"));
            x += wide;
        }

        return (Html.Join(drawn), row + 1);
    }

    private static List<string> Lines(string text, double width)
    {
        var most = (int)(width / (Letter * 0.86));   // the small letters of captions
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length + 1 > most) lines.Add("");
            lines[^1] += lines[^1].Length == 0 ? word : $" {word}";
        }

        return lines;
    }

    private static string Resource()
    {
        using var reader = new StreamReader(typeof(PlotFile).Assembly.GetManifestResourceStream($"{typeof(PlotFile).Namespace}.plot.css")!);
        return reader.ReadToEnd();
    }
}
