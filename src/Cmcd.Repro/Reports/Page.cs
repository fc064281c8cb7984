using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Reports;

/// <summary>The whole page. It loads nothing and runs nothing, and says so in its content policy: what slipped through escaping could still not run.</summary>
internal static class Page
{
    private static readonly Html Style = Html.Trusted(Resource("report.css"));

    public static Html Of(ReportFacts facts) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Cmcd.Repro report, tier {facts.Tier}</title>
        <style>
        {Style}</style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the results</a>
        <header>
        <p class="kicker">Cmcd.Repro{(facts.Tables.Select(table => table.Paper).FirstOrDefault(paper => paper is not null) is { } paper ? $" · arXiv {paper.Arxiv}" : "")}</p>
        <h1>A Generalization Theory of Cross-Modality Distillation with Contrastive Learning, run again: tier {facts.Tier}</h1>
        <p class="notice"><strong>{facts.Notice}</strong></p>
        </header>
        <nav aria-label="Sections"><ul>
        <li><a href="#verdicts">Verdicts</a></li>
        {facts.Tables.Select(table => Html.Of($"<li><a href=\"#{table.Id}\">{table.Id}</a></li>\n"))}{(facts.Plots.Count == 0 ? default : Html.Of($"<li><a href=\"#figures\">Figures</a></li>\n"))}<li><a href="#claims">Claims</a></li>
        <li><a href="#deviations">Departures</a></li>
        <li><a href="#environment">Environment</a></li>
        <li><a href="#data">Data and licences</a></li>
        </ul></nav>
        <main id="main">
        {Verdicts(facts)}{facts.Tables.Select(table => TableSection.Of(table, facts.Claims))}{PlotSection.Of(facts)}{ClaimsSection.Of(facts)}<section id="deviations" class="prose" aria-label="Departures">
        {MarkdownText.Of(facts.Deviations, "Departures")}</section>
        {EnvironmentSection.Of(facts)}<section id="data" class="prose" aria-label="Data and licences">
        {MarkdownText.Of(facts.Data, "Data and licences")}</section>
        </main>
        <footer><p>Made by the Report target from results/{facts.Tier}/; the same facts for machines stand beside it in report.json ({facts.Schema}).</p></footer>
        </body>
        </html>

        """);

    private static Html Verdicts(ReportFacts facts) => Html.Of($"""
        <section id="verdicts" aria-labelledby="verdicts-title">
        <h2 id="verdicts-title">Verdicts</h2>
        <p>{facts.About}</p>
        <div class="scroll" role="region" aria-labelledby="verdict-counts" tabindex="0"><table class="counts">
        <caption id="verdict-counts">How many cells, and how many claims or parts of claims, have each verdict</caption>
        <thead><tr><th scope="col">verdict</th><th scope="col">cells</th><th scope="col">claims</th></tr></thead>
        <tbody>
        {facts.Verdicts.Select(count => Html.Of($"""
            <tr><th scope="row">{Text.Badge(count.Verdict)} <span class="means">{Text.Meaning(count.Verdict)}</span></th>{Counted(count.Cells)}{Counted(count.Claims)}</tr>

            """))}</tbody>
        <tfoot><tr><th scope="row">all</th><td>{facts.Verdicts.Sum(count => count.Cells)}</td><td>{facts.Verdicts.Sum(count => count.Claims)}</td></tr></tfoot>
        </table></div>
        <ul class="measured">
        <li>The paper's own numbers, without a run of ours, bear out {Audited(facts, AuditVerdict.Supported)} of its {facts.Audit.Count} sentences, contradict {Audited(facts, AuditVerdict.Contradicted)},
        leave {Audited(facts, AuditVerdict.Borderline)} borderline and cannot test {Audited(facts, AuditVerdict.Untestable)}: see <a href="#claims">Claims</a>.</li>
        {facts.Tables.Select(table => Html.Of($"""
            <li><a href="#{table.Id}">{table.Id}</a>: {table.Cells.Count(cell => cell.Runs.Count > 0)} of {Text.Count(table.Cells.Count, "cell")} measured,
            {Text.Count(table.Cells.Sum(cell => cell.Runs.Count), "run")} over {Text.Count(table.Cells.Max(cell => cell.Runs.Count), "seed")}, from {Text.Count(table.Stages.Count, "stage")}
            that took {Text.Duration(table.Times.Sum(time => time.Seconds))}; code {table.Environment.Code}</li>

            """))}</ul>
        </section>

        """);

    private static int Audited(ReportFacts facts, AuditVerdict verdict) => facts.Audit.Count(claim => claim.Verdict == verdict);

    private static Html Counted(int count) => Html.Of($"<td{(count == 0 ? Html.Trusted(" class=\"none\"") : default)}>{count}</td>");

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Page).Assembly.GetManifestResourceStream($"{typeof(Page).Namespace}.{name}")!);
        return reader.ReadToEnd();
    }
}
