using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Reports;

/// <summary>One table of the paper: its cells in the paper's layout, the evidence of each, its figures.</summary>
internal static class TableSection
{
    public static Html Of(TableFacts table, IReadOnlyList<ClaimVerdict> claims) => Html.Of($"""
        <section id="{table.Id}" aria-labelledby="{table.Id}-title">
        <h2 id="{table.Id}-title">{table.Id}</h2>
        <p>{table.About} <span class="minor">{(table.Paper is { } paper ? $"{paper.Name} of the paper, section {paper.Section}." : "Not in the paper.")}</span></p>
        <h3>Cells</h3>
        <p class="minor">Ours with its 95 % interval over seeds (Student t), below it the value that the paper prints. Each cell opens its evidence and the command that measures it alone again:
        stages come from the cache where they are still there; with --cache= and an empty folder all are trained anew. Settings and the stages that cells share stand below the table.
        The whole table: <code>{table.Command}</code></p>
        <div class="scroll" role="region" aria-labelledby="{table.Id}-caption" tabindex="0"><table class="cells">
        <caption id="{table.Id}-caption">{table.Id}: rows and columns as in the paper</caption>
        <thead>
        <tr><td rowspan="2"></td>{Modalities(table.Columns)}</tr>
        <tr>{table.Columns.Select(column => Html.Of($"""<th scope="col">{column.Label}<span class="minor">{column.Metric}, {column.Unit}<br>{(column.Measured is null ? "not measured" : $"scored on {column.Measured}")}</span></th>"""))}</tr>
        </thead>
        {Protocols(table)}</table></div>
        {table.Cells.Select((_, place) => Evidence.Of(table, place, claims))}<details class="shared"><summary>Settings of all rows</summary><pre>{Evidence.Lines(table.Networks)}</pre></details>
        {table.Rows.Where(row => row.Settings.HasValues).Select(row => Html.Of($"<details class=\"shared\"><summary>Steps 2 and 3 of {row.Label}</summary><pre>{Evidence.Lines(row.Settings)}</pre></details>\n"))}{TableFigures.Of(table)}</section>

        """);

    /// <summary>Neighbouring columns of one pair of modalities share a heading.</summary>
    private static Html Modalities(IReadOnlyList<ColumnFacts> columns)
    {
        var groups = new List<(string Name, int Count)>();
        foreach (var column in columns)
        {
            if (groups.Count > 0 && groups[^1].Name == column.Modalities) groups[^1] = (column.Modalities, groups[^1].Count + 1);
            else groups.Add((column.Modalities, 1));
        }

        return Html.Join(groups.Select(group => Html.Of($"<th scope=\"colgroup\" colspan=\"{group.Count}\">{group.Name}</th>")));
    }

    private static Html Protocols(TableFacts table)
    {
        var place = 0;
        return Html.Join(table.Rows.Select((row, i) =>
        {
            var opens = i == 0 || table.Rows[i - 1].Protocol != row.Protocol;
            var closes = i == table.Rows.Count - 1 || table.Rows[i + 1].Protocol != row.Protocol;
            return Html.Of($"{(opens ? Html.Of($"<tbody>\n") : default)}<tr><th scope=\"row\">{row.Label}</th>{table.Columns.Select(_ => Cell(table, place++))}</tr>\n{(closes ? Html.Of($"</tbody>\n") : default)}");
        }));
    }

    private static Html Cell(TableFacts table, int place)
    {
        var cell = table.Cells[place].Values;
        return Html.Of($"""
            <td class="{Text.Class(cell.Verdict)}"><button popovertarget="{Evidence.IdOf(table, place)}" aria-haspopup="dialog">
            {(cell.Mean is null ? Html.Of($"<span class=\"interval\">not measured</span>") : Html.Of($"<span class=\"value\">{Text.Number(cell.Mean, cell.Unit)}</span> <span class=\"interval\">{Text.Interval(cell.Ci95Low, cell.Ci95High, cell.Unit)}</span>"))}
            <span class="minor">printed {Text.Number(cell.PaperValue, cell.Unit)}{(cell.Seeds == 0 ? "" : $" · {Text.Count(cell.Seeds, "seed")}")}</span>
            {Text.Badge(cell.Verdict)}</button></td>

            """);
    }
}
