using Cmcd.Repro.Experiments;
using Cmcd.Repro.Reports.Plots;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Reports;

/// <summary>Gain against total variation: the points that the paper prints, and ours. Of a table that has a distance and gains over the same columns, as Table 2.</summary>
internal static class GainPlot
{
    /// <summary>Name of its files.</summary>
    public const string Name = "GainAgainstTv";

    /// <summary>Null where the table is another one, or no column has both numbers measured.</summary>
    public static PlotFacts? Of(TableExperiment experiment, TableFacts table)
    {
        var distance = table.Rows.FirstOrDefault(row => Settings(row).Distance is not null);
        var gains = table.Rows.Where(row => Settings(row).Over is not null).ToArray();
        if (distance is null || !gains.SelectMany(gain => Points(gain, Measured)).Any()) return null;

        return new(
            Name, "Is the gain larger where the modalities lie closer?",
            $"Filled circle: measured in this tier, with 95 % intervals over seeds (Student t) where there are several. Hollow diamond: printed in the paper. Our distance is {Settings(distance).Distance!.Estimator}; "
                + "the paper does not say how it estimated its own, so that the order within each kind can be compared, not the places.",
            ["protocol", "row"], [.. gains.Select(Panel)]);

        CellSettings Settings(RowFacts row) => experiment.Cell(row.Id, experiment.Columns[0].Id);

        PlotPanel Panel(RowFacts gain) => new(
            gain.Protocol, $"{Settings(gain).Method} over {Settings(gain).Over!.Method}", [gain.Protocol, gain.Id],
            new("total variation", "1"), new($"gain, {Settings(gain).Unit}", Settings(gain).Unit), Joined: false,
            [.. new[]
            {
                new PlotSeries(SeriesStyle.Ours, "ours", [.. Points(gain, Measured)]), new PlotSeries(SeriesStyle.Printed, "printed in the paper", [.. Points(gain, Printed)]),
            }.Where(series => series.Points.Count > 0)]);

        IEnumerable<PlotPoint> Points(RowFacts gain, Func<string, CellRow, CellRow, PlotPoint?> point) => table.Columns
            .Select(column => point($"{column.Label} ({column.Modalities})", Cell(distance!, column), Cell(gain, column))).OfType<PlotPoint>();

        CellRow Cell(RowFacts row, ColumnFacts column) => table.Cells.Single(cell => (cell.Values.Row, cell.Values.Column) == (row.Id, column.Id)).Values;
    }

    private static PlotPoint? Measured(string name, CellRow distance, CellRow gain) => distance.Mean is { } x && gain.Mean is { } y
        ? new(name, x, distance.Ci95Low, distance.Ci95High, y, gain.Ci95Low, gain.Ci95High, Math.Min(distance.Seeds, gain.Seeds)) : null;

    private static PlotPoint? Printed(string name, CellRow distance, CellRow gain) => distance.PaperValue is { } x && gain.PaperValue is { } y ? new(name, x, null, null, y, null, null, 0) : null;
}
