using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Reports;

/// <summary>Figure 1: accuracy against the share of the pairs, a line a method, a panel for each set of labelled data and for what a smaller share leaves as it is.</summary>
internal static class Figure1Plot
{
    /// <summary>Name of the experiment and of the plot.</summary>
    public const string Name = "Figure1";

    private static readonly char[] ShareOfLabel = [.. "0123456789.% "];

    /// <summary>Null where no such cell was measured.</summary>
    public static PlotFacts? Of(TableExperiment experiment, TableFacts table)
    {
        var points = (from cell in table.Cells
                      let settings = experiment.Cell(cell.Values.Row, cell.Values.Column)
                      where settings.PairShare is not null && cell.Values.Mean is not null
                      let share = settings.PairShare.GetValueOrDefault()
                      let column = table.Columns.First(column => column.Id == cell.Values.Column)
                      let key = new PanelKey(
                          column.Label.TrimEnd(ShareOfLabel), column.Measured ?? "", cell.Values.Protocol, settings.Budget ?? Budget.Epochs, cell.Values.Metric, cell.Values.Unit)
                      select (Key: key, Row: table.Rows.First(row => row.Id == cell.Values.Row), Share: Math.Round(share * 100, 6), cell.Values)).ToArray();
        if (points.Length == 0) return null;

        // Both arms of a column stand side by side on one scale.
        var panels = points.GroupBy(point => point.Key).OrderBy(panel => Array.FindIndex(points, point => point.Key.Column == panel.Key.Column)).ThenBy(panel => panel.Key.Budget);
        return new(
            Name, experiment.About,
            "Mean over seeds with its 95 % interval (Student t), where there are several seeds. Equal epochs: a smaller share is less training too, as in the paper. "
                + "Equal updates: as many as all pairs give. Shares are nested; PreSSL, which uses no pairs, sees their target side. The paper prints no number of its figure.",
            ["column", "measured", "protocol", "budget"],
            [.. panels.Select(panel => new PlotPanel(
                $"{panel.Key.Column}{(panel.Key.Measured.Length == 0 ? "" : $" ({panel.Key.Measured})")}, {panel.Key.Protocol}", $"equal {panel.Key.Budget.ToString().ToLowerInvariant()}",
                [panel.Key.Column, panel.Key.Measured, panel.Key.Protocol, panel.Key.Budget.ToString().ToLowerInvariant()],
                new("share of the pairs, percent", "percent"), new($"{panel.Key.Metric}, {panel.Key.Unit}", panel.Key.Unit), Joined: true,
                [.. panel.GroupBy(point => point.Row.Id).Select(row => new PlotSeries(
                    row.First().Row.Method, row.First().Row.Method,
                    [.. row.OrderBy(point => point.Share).Select(point => new PlotPoint(
                        $"{Text.Number(point.Share, "share")} %", point.Share, null, null, point.Values.Mean.GetValueOrDefault(), point.Values.Ci95Low, point.Values.Ci95High, point.Values.Seeds))]))]))]);
    }

    private sealed record PanelKey(string Column, string Measured, string Protocol, Budget Budget, string Metric, string Unit);
}
