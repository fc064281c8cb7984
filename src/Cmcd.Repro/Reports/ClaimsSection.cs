using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Reports;

/// <summary>The paper's sentences with verdict and reason. The filter is a style rule over radio buttons: it needs no script.</summary>
internal static class ClaimsSection
{
    private const int FewCells = 4;

    public static Html Of(ReportFacts facts) => Html.Of($"""
        <section id="claims" aria-labelledby="claims-title">
        <h2 id="claims-title">Claims</h2>
        {(facts.Claims.Count == 0 ? Html.Of($"<p>No claim was judged for this report.</p>\n") : List(facts))}</section>

        """);

    private static Html List(ReportFacts facts)
    {
        var audited = facts.Audit.SelectMany(claim => claim.Parts).DistinctBy(part => part.Claim).ToDictionary(part => part.Claim);
        return Html.Of($"""
            <p>Sentences of the paper in our words (C), and predicates of ours that were fixed before any run (H); of several parts, each has a verdict.
            Verdicts are about the runs of tier {facts.Tier}. What the paper's own numbers say stands below, where they can.</p>
            <fieldset class="filter"><legend>Show</legend>
            <label><input type="radio" name="claims" id="show-all" checked> all ({facts.Claims.Count})</label>
            {facts.Verdicts.Where(count => count.Claims > 0).Select(count => Html.Of($"""
                <label><input type="radio" name="claims" id="show-{Text.Class(count.Verdict)}"> {Text.Word(count.Verdict)} ({count.Claims})</label>

                """))}</fieldset>
            <ul class="claims">
            {facts.Claims.Select(claim => Claim(claim, audited.GetValueOrDefault(claim.Claim), facts.Tables))}</ul>

            """);
    }

    private static Html Claim(ClaimVerdict claim, AuditPart? paper, IReadOnlyList<TableFacts> tables) => Html.Of($"""
        <li class="{Text.Class(claim.Verdict)}">
        <h3><span class="claim-id">{claim.Claim}</span> {claim.Text}</h3>
        <p>{Text.Badge(claim.Verdict)} <span class="tier">tier {claim.Tier}</span>{Estimate(claim)}</p>
        <p>{claim.Reason}</p>
        {(paper is null ? default : Html.Of($"<p>The paper's own numbers: {paper.Verdict.ToString().ToLowerInvariant()}, {paper.Reason}</p>\n"))}<div class="minor">{claim.Place}{Cells(claim.Cells, tables)}</div>
        </li>

        """);

    private static Html Estimate(ClaimVerdict claim) => claim.Estimate is null ? default
        : Html.Of($" <span class=\"number\">{Text.Number(claim.Estimate, claim.Unit)} {Text.Interval(claim.Low, claim.High, claim.Unit)} {claim.Unit}</span>");

    /// <summary>A cell of this report opens its evidence; another tier's or table's is only named. Many are folded: a claim may speak of fifty.</summary>
    private static Html Cells(IReadOnlyList<CellId> cells, IReadOnlyList<TableFacts> tables)
    {
        if (cells.Count == 0) return default;
        var list = Html.Join(cells.Select((cell, i) =>
        {
            var separator = i == 0 ? "" : ", ";
            return Evidence.IdOf(cell, tables) is { } id
                ? Html.Of($"{separator}<button class=\"link\" popovertarget=\"{id}\" aria-haspopup=\"dialog\">{cell.ToString()}</button>")
                : Html.Of($"{separator}{cell.ToString()}");
        }));
        return cells.Count <= FewCells ? Html.Of($" · cells: {list}") : Html.Of($" <details><summary>{cells.Count} cells</summary>{list}</details>");
    }
}
