using Cmcd.Repro.Reports.Plots;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Reports;

/// <summary>The figures of one table, in order. A figure that its results do not feed is left out; a new one is a method here and its line in <see cref="Of"/>.</summary>
internal static class TableFigures
{
    public static Html Of(TableFacts table) => Html.Of($"{Forest(table)}{Differences(table)}{Seeds(table)}{Losses(table)}{Times(table)}");

    private static Html Forest(TableFacts table) => Figure(
        "Ours and the printed value",
        "● our mean with its 95 % interval, ◇ the printed value. The numbers stand in the table above.",
        MeasuredColumns(table).Select(column => (TitleOf(column), RowPlot.Draw(
            $"{table.Id}, {TitleOf(column)}: our means with intervals beside the printed values; the numbers stand in the table of cells",
            $"{column.Metric}, {column.Unit}",
            [.. CellsOf(table, column).Select(cell => ForestRow(table, cell.Values))], zero: false))));

    private static PlotRow ForestRow(TableFacts table, CellRow cell) => new(
        LabelOf(table, cell.Row), cell.Protocol,
        $"{LabelOf(table, cell.Row)}: {Text.Number(cell.Mean, cell.Unit)} {Text.Interval(cell.Ci95Low, cell.Ci95High, cell.Unit)}, printed {Text.Number(cell.PaperValue, cell.Unit)}",
        [.. new[] { cell.Mean, cell.Ci95Low, cell.Ci95High, cell.PaperValue }.OfType<double>()],
        x => Html.Of($"{IntervalMark(cell.Ci95Low, cell.Ci95High, x)}{(cell.PaperValue is { } printed ? Marks.Diamond(x(printed)) : default)}{(cell.Mean is { } mean ? Marks.Dot(x(mean), filled: true) : default)}"));

    /// <summary>The plot that answers the paper's claim: are its two losses above the others?</summary>
    private static Html Differences(TableFacts table) => Html.Of($"""
        {Figure(
            "CMC and CMD above the others?",
            "Difference in points, paired by seed, with its 95 % interval (Student t, not corrected for their number); ● the interval excludes zero, ○ it does not, or one seed gives none.",
            from column in MeasuredColumns(table)
            from protocol in table.Rows.Select(row => row.Protocol).Distinct()
            let rows = table.Differences.Where(difference => difference.Column == column.Id && difference.Protocol == protocol).Select(difference => DifferenceRow(table, difference)).ToArray()
            where rows.Length > 0
            select ($"{TitleOf(column)}, {protocol}", RowPlot.Draw($"{table.Id}, {TitleOf(column)}, {protocol}: paired differences; the numbers stand in the table below the figure", "points", rows, zero: true)))}
        {Numbers(
            table.Id, "Differences in numbers", ["first − second", "column", "seeds", "points", "95 % interval"],
            table.Differences.Select(difference => (string[])[
                $"{LabelOf(table, difference.First)} − {LabelOf(table, difference.Second)}", ColumnOf(table, difference.Column).Label, $"{difference.Seeds}",
                Text.Signed(difference.Mean), Text.Interval(difference.Low, difference.High, "points", signed: true)]))}
        """);

    private static PlotRow DifferenceRow(TableFacts table, DifferenceFacts difference)
    {
        var label = $"{MethodOf(table, difference.First)} − {MethodOf(table, difference.Second)}";
        return new(
            label, difference.First, $"{label}: {Text.Signed(difference.Mean)} {Text.Interval(difference.Low, difference.High, "points", signed: true)} points, {Text.Count(difference.Seeds, "seed")}",
            [.. new[] { difference.Mean, difference.Low, difference.High }.OfType<double>()],
            x => Html.Of($"{IntervalMark(difference.Low, difference.High, x)}{Marks.Dot(x(difference.Mean), filled: difference.Low > 0 || difference.High < 0)}"));
    }

    private static Html Seeds(TableFacts table)
    {
        var seeds = table.Cells.SelectMany(cell => cell.Runs).Select(run => run.Seed).Distinct().Order().ToList();
        var legend = string.Join(", ", seeds.Take(5).Select((seed, place) => FormattableString.Invariant($"{Marks.SeedName(place)} seed {seed}")));
        return seeds.Count < 2 ? default : Html.Of($"""
            {Figure(
                "Seeds",
                $"How far each seed lies from its cell's mean: {legend}.",
                MeasuredColumns(table).Select(column => (TitleOf(column), RowPlot.Draw(
                    $"{table.Id}, {TitleOf(column)}: distance of each seed from its cell's mean; the numbers stand in the table below the figure", "points from the cell's mean",
                    [.. CellsOf(table, column).Select(cell => SeedRow(table, cell, seeds))], zero: true))))}
            {Numbers(
                table.Id, "Seeds in numbers", ["cell", "column", .. seeds.Select(seed => FormattableString.Invariant($"seed {seed}"))],
                table.Cells.Where(cell => cell.Runs.Count > 0).Select(cell => (string[])[
                    LabelOf(table, cell.Values.Row), ColumnOf(table, cell.Values.Column).Label,
                    .. seeds.Select(seed => Text.Number(cell.Runs.FirstOrDefault(run => run.Seed == seed)?.Value, cell.Values.Unit))]))}
            """);
    }

    private static PlotRow SeedRow(TableFacts table, CellFacts cell, List<long> seeds)
    {
        var mean = cell.Runs.Count == 0 ? 0 : cell.Runs.Average(run => run.Value);
        return new(
            LabelOf(table, cell.Values.Row), cell.Values.Protocol,
            $"{LabelOf(table, cell.Values.Row)}: {string.Join(", ", cell.Runs.Select(run => FormattableString.Invariant($"seed {run.Seed} {Text.Number(run.Value, cell.Values.Unit)}")))}",
            [.. cell.Runs.Select(run => run.Value - mean)],
            x => Html.Join(cell.Runs.Select(run => Marks.Seed(x(run.Value - mean), seeds.IndexOf(run.Seed)))));
    }

    private static Html Losses(TableFacts table)
    {
        var titled = table.Stages.Where(stage => stage.EpochLosses.Count > 1 && stage.EpochLosses.All(double.IsFinite)).GroupBy(stage => stage.Kind).OrderBy(kind => kind.Key == Facts.Last).ToArray();
        return titled.Length == 0 ? default : Html.Of($"""
            <h3>Training losses</h3>
            <p class="minor">Mean loss of each epoch, a line a seed, each stamp on its own scale: epochs to the right, loss upwards.</p>
            {titled.Select(kind => Html.Of($"""
                <details class="losses"{(kind.Key == Facts.Last ? default : Html.Trusted(" open"))}><summary>{kind.Key}: {Text.Count(kind.Count(), "stage")}</summary>
                <div class="stamps">
                {kind.GroupBy(Untitled).Select(stage => Html.Of($"""
                    <figure><figcaption>{stage.Key}</figcaption>
                    {LossPlot.Draw($"{stage.Key}: loss by epoch for {Text.Count(stage.Count(), "seed")}; first and last values stand in the table below", [.. stage.Select(one => one.EpochLosses)])}</figure>

                    """))}</div></details>

                """))}{Numbers(
                table.Id, "Losses in numbers", ["stage", "epochs", "first", "last"],
                titled.SelectMany(kind => kind).Select(stage => (string[])[stage.Stage, $"{stage.EpochLosses.Count}", Text.Loss(stage.EpochLosses[0]), Text.Loss(stage.EpochLosses[^1])]))}
            """);
    }

    /// <summary>A stage's title without its seed, so that seeds share a stamp.</summary>
    private static string Untitled(ManifestStage stage) => stage.Stage.LastIndexOf(", seed ", StringComparison.Ordinal) is var at && at > 0 ? stage.Stage[..at] : stage.Stage;

    private static Html Times(TableFacts table)
    {
        var own = table.Cells.SelectMany(cell => cell.Runs).Select(run => run.Stages[^1]).ToHashSet();   // told by their cells
        var most = table.Times.Select(time => time.Seconds).DefaultIfEmpty().Max();
        return table.Times.Count == 0 ? default : Html.Of($"""
            <h3>Time and cache</h3>
            <div class="scroll" role="region" aria-labelledby="{table.Id}-times" tabindex="0"><table class="plain times">
            <caption id="{table.Id}-times">{table.Id}: stages by kind; the command that wrote these results took {Text.Duration(table.Seconds)}</caption>
            <thead><tr><th scope="col">kind</th><th scope="col">stages</th><th scope="col">from the cache</th><th scope="col">time when they were made</th><td></td></tr></thead>
            <tbody>
            {table.Times.Select(time => Html.Of($"""
                <tr><th scope="row">{time.Kind}</th><td>{time.Stages}</td><td>{time.Cached}</td><td>{Text.Duration(time.Seconds)}</td><td><svg class="bar" viewBox="0 0 100 8" aria-hidden="true"><rect width="{time.Seconds / Math.Max(most, 1e-9) * 100}" height="8"/></svg></td></tr>

                """))}</tbody></table></div>
            {Numbers(table.Id, "Stages that cells share", ["stage", "version", "time", "why it ran or not", "key", "checks and measurements"], table.Stages.Where(stage => !own.Contains(stage.Key)).Select(stage => (string[])[
                stage.Stage, $"{stage.Version}", Text.Duration(stage.Seconds), stage.Reason, stage.Key, string.Join("; ", Evidence.Checks(stage))]))}
            """);
    }

    private static Html Figure(string title, string caption, IEnumerable<(string Title, Html Plot)> panels)
    {
        var all = panels.ToArray();
        return all.Length == 0 ? default : Html.Of($"""
            <h3>{title}</h3>
            <p class="minor">{caption}</p>
            <div class="panels">
            {all.Select(panel => Html.Of($"<figure><figcaption>{panel.Title}</figcaption>\n{panel.Plot}</figure>\n"))}</div>

            """);
    }

    /// <summary>The figures' numbers for those who do not see them, folded away; the first column names the row.</summary>
    /// <param name="of">Whose they are: a page has several of one title.</param>
    /// <param name="title">What they are.</param>
    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">One text a column.</param>
    public static Html Numbers(string of, string title, string[] header, IEnumerable<string[]> rows)
    {
        var all = rows.ToArray();
        return all.Length == 0 ? default : Html.Of($"""
            <details class="numbers"><summary>{title}</summary><div class="scroll" role="region" aria-label="{of}: {title}" tabindex="0"><table class="plain">
            <thead><tr>{header.Select(name => Html.Of($"<th scope=\"col\">{name}</th>"))}</tr></thead>
            <tbody>
            {all.Select(row => Html.Of($"<tr><th scope=\"row\">{row[0]}</th>{row.Skip(1).Select(value => Html.Of($"<td>{value}</td>"))}</tr>\n"))}</tbody></table></div></details>

            """);
    }

    private static Html IntervalMark(double? low, double? high, Func<double, double> x) => low is { } from && high is { } to ? Marks.Interval(x(from), x(to)) : default;

    private static IEnumerable<ColumnFacts> MeasuredColumns(TableFacts table) => table.Columns.Where(column => CellsOf(table, column).Any(cell => cell.Runs.Count > 0));

    private static IEnumerable<CellFacts> CellsOf(TableFacts table, ColumnFacts column) => table.Cells.Where(cell => cell.Values.Column == column.Id);

    private static ColumnFacts ColumnOf(TableFacts table, string id) => table.Columns.First(column => column.Id == id);

    /// <summary>With the data set that was scored: a plot is read, and copied, without its table.</summary>
    private static string TitleOf(ColumnFacts column) => column.Measured is null ? column.Label : $"{column.Label} ({column.Measured})";

    private static string LabelOf(TableFacts table, string row) => table.Rows.First(known => known.Id == row).Label;

    private static string MethodOf(TableFacts table, string row) => table.Rows.First(known => known.Id == row).Method;
}
