using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Reports;

/// <summary>What stands behind one cell, in a panel that opens over the page: a popover of the browser's own, so keyboard, Esc and focus come with it.</summary>
internal static class Evidence
{
    /// <summary>The panel of a cell; null when no table of the report has it.</summary>
    public static string? IdOf(CellId cell, IReadOnlyList<TableFacts> tables)
    {
        var table = tables.FirstOrDefault(table => table.Id == cell.Table);
        var place = table?.Cells.Select(known => known.Values.Cell).ToList().IndexOf(cell) ?? -1;
        return place < 0 ? null : IdOf(table!, place);
    }

    /// <summary>The panel of a table's cell by its place.</summary>
    public static string IdOf(TableFacts table, int place) => FormattableString.Invariant($"{table.Id}-cell-{place}");

    public static Html Of(TableFacts table, int place, IReadOnlyList<ClaimVerdict> claims)
    {
        var (cell, runs, command, own) = table.Cells[place];
        var (row, column) = (table.Rows.First(row => row.Id == cell.Row), table.Columns.First(column => column.Id == cell.Column));
        var id = IdOf(table, place);
        var about = claims.Where(claim => claim.Cells.Contains(cell.Cell)).ToArray();
        return Html.Of($"""
            <div popover id="{id}" class="panel" role="dialog" aria-labelledby="{id}-title">
            <div class="panel-head"><h4 id="{id}-title">{row.Label} on {column.Label}</h4><button popovertarget="{id}" popovertargetaction="hide" autofocus>Close</button></div>
            <p>{Text.Badge(cell.Verdict)} {cell.Reason}</p>
            <dl class="facts">
            <div><dt>ours ({cell.Metric}, {cell.Unit})</dt><dd>{Text.Number(cell.Mean, cell.Unit)}</dd></div>
            <div><dt>95 % interval of the mean</dt><dd>{Text.Interval(cell.Ci95Low, cell.Ci95High, cell.Unit)}</dd></div>
            <div><dt>standard deviation over seeds</dt><dd>{Text.Number(cell.Std, cell.Unit)}</dd></div>
            <div><dt>printed</dt><dd>{Text.Number(cell.PaperValue, cell.Unit)}</dd></div>
            <div><dt>ours − printed</dt><dd>{(cell.Delta is null ? "not compared" : Text.Signed(cell.Delta, cell.Unit))}</dd></div>
            <div><dt>scored on</dt><dd>{(column.Measured is null ? "no data in this tier" : $"{column.Measured}, {table.Split} split")}</dd></div>
            </dl>
            {(about.Length == 0 ? default : Html.Of($"<h5>Claims on this cell</h5>\n<ul>{about.GroupBy(claim => claim.Verdict).Select(group => Html.Of($"<li>{Text.Badge(group.Key)} {string.Join(", ", group.Select(claim => claim.Claim))}</li>\n"))}</ul>\n"))}{(command is null ? default : Measured(table, cell, runs, command, own))}</div>

            """);
    }

    private static Html Measured(TableFacts table, CellRow cell, IReadOnlyList<RunFacts> runs, string command, JObject? own)
    {
        var stages = table.Stages.ToDictionary(stage => stage.Key);
        var chains = runs.ToDictionary(run => run, run => run.Stages.Where(stages.ContainsKey).Select(key => stages[key]).ToArray());
        string[] always = runs.Count < 2 ? [] : [.. chains.Values.Select(chain => chain.Length == 0 ? [] : Checks(chain[^1])).Aggregate((some, others) => some.Intersect(others))];
        return Html.Of($"""
            <h5>Runs by seed</h5>
            {(always.Length == 0 ? default : Html.Of($"<div class=\"checks\">In every run:\n{string.Join('\n', always)}</div>\n"))}{runs.Select(run => Html.Of($"""
                <details><summary>seed {run.Seed}: <b>{Text.Number(run.Value, cell.Unit)}</b>, evaluated in {Text.Duration(run.Seconds)} on {run.Device}, start {run.Init}</summary>
                <ol class="stages">{Chain(chains[run], always)}</ol></details>

                """))}{(own is null ? default : Html.Of($"<details><summary>Settings of its own</summary><pre>{Lines(own)}</pre></details>\n"))}<h5>Do it again</h5>
            <pre>{command}</pre>

            """);
    }

    // The evaluation is the cell's own; what it stands on is shared by many cells, and is told once, below the table.
    private static IEnumerable<Html> Chain(IReadOnlyList<ManifestStage> stages, string[] told) =>
        stages.Select((stage, i) => i == stages.Count - 1 ? Own(stage, told) : Html.Of($"<li><b>{stage.Stage}</b> <code>{Short(stage.Key)}</code></li>\n"));

    private static Html Own(ManifestStage stage, string[] told)
    {
        string[] checks = [.. Checks(stage).Except(told)];
        return Html.Of($"""
            <li><b>{stage.Stage}</b><br><span class="minor">{stage.Kind}, version {stage.Version}, {Text.Duration(stage.Seconds)}, {stage.Reason}</span><br><code>{stage.Key}</code>
            {(checks.Length == 0 ? default : Html.Of($"<div class=\"checks\">{string.Join('\n', checks)}</div>"))}</li>

            """);
    }

    /// <summary>What a stage checked and recorded, a line each.</summary>
    public static IEnumerable<string> Checks(ManifestStage stage) => stage.Sentinels.OrderBy(check => check.Key, StringComparer.Ordinal).Select(check => $"{check.Key}: {check.Value}");

    private static string Short(string key) => key.Length <= 12 ? key : $"{key[..12]}…";

    /// <summary>Every setting on a line: step2.settings.loss.temperature: 0.07.</summary>
    public static string Lines(JObject settings) => string.Join('\n', settings.Descendants().OfType<JValue>().Select(value => $"{value.Path}: {value.ToString(Newtonsoft.Json.Formatting.None)}"));
}
