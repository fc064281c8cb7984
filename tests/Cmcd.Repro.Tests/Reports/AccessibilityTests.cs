using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Cmcd.Repro.Tests.Infrastructure;
using Deque.AxeCore.Commons;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Tests.Reports;

/// <summary>axe-core in a real browser: no finding, minor ones included, light and dark, with everything folded and with every panel open. Some seconds each.</summary>
public class AccessibilityTests
{
    private const string Policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
    private const string Dark = "@media (prefers-color-scheme: dark)";

    private const string Unfold = """
        for (const one of document.querySelectorAll('details')) one.open = true;
        for (const one of document.querySelectorAll('[popover]')) { one.removeAttribute('popover'); one.style.cssText = 'position: static; width: auto; height: auto'; }
        """;

    private const string Run = """
        axe.run().then(found => {
          const colour = getComputedStyle(document.body).backgroundColor;
          document.body.textContent = JSON.stringify({ colour, passes: found.passes.map(one => one.id), violations: found.violations.map(one =>
            ({ id: one.id, impact: one.impact, places: one.nodes.map(node => node.target.join(' ') + ': ' + node.failureSummary) })) });
        });
        """;

    private static readonly string Page = SampleReport.Write(SampleReport.Input()).Page;

    private static readonly string Figures = SampleReport.Write(SamplePlots.Input([SamplePlots.Curves(3), SamplePlots.Gains(3)], SamplePlots.Gap(2))).Page;

    [BrowserFact]
    public void Folded_in_light_colours() => Assert.Empty(Findings("rgb(255, 255, 255)", Page, ""));

    [BrowserFact]
    public void Folded_in_dark_colours() => Assert.Empty(Findings("rgb(21, 24, 27)", InDark(), ""));

    [BrowserFact]
    public void Unfolded_in_light_colours() => Assert.Empty(Findings("rgb(255, 255, 255)", Page, Unfold));

    [BrowserFact]
    public void Unfolded_in_dark_colours() => Assert.Empty(Findings("rgb(21, 24, 27)", InDark(), Unfold));

    [BrowserFact]
    public void Figures_in_light_colours() => Assert.Empty(Findings("rgb(255, 255, 255)", Figures, Unfold));

    [BrowserFact]
    public void Figures_in_dark_colours() => Assert.Empty(Findings("rgb(21, 24, 27)", Replaced(Figures, Dark, "@media all"), Unfold));

    [BrowserFact]
    public void Faint_text_and_a_plot_without_a_name_would_be_found()
    {
        var spoilt = Regex.Replace(Replaced(Page, "--minor: #57606a", "--minor: #b9c0c7"), "role=\"img\" aria-label=\"[^\"]*\"", "role=\"img\"");
        Assert.Equal(["color-contrast", "svg-img-alt"], Findings("rgb(255, 255, 255)", spoilt, "").Select(finding => (string)finding["id"]!).Order());
    }

    /// <summary>What a click does, Enter and Space do on a focused button; Esc closes as hidePopover does.</summary>
    [BrowserFact]
    public void A_cell_opens_its_evidence_moves_the_focus_there_and_back_and_the_filter_works_without_script_of_the_page()
    {
        const string use = """
            const cell = document.querySelector('table.cells tbody button'), panel = document.getElementById(cell.getAttribute('popovertarget')), said = [];
            cell.focus(); cell.click();
            said.push(panel.matches(':popover-open'), document.activeElement.textContent);
            panel.hidePopover();
            said.push(document.activeElement === cell);
            document.getElementById('show-v-contradicted').checked = true;
            said.push([...document.querySelectorAll('.claims > li')].filter(claim => claim.offsetHeight > 0).length);
            document.body.textContent = said.join(' ');
            """;
        var page = Browser.Document(Replaced(Replaced(Page, Policy, ""), "</body>", $"<script>addEventListener('load', () => {{ {use} }});</script></body>"));
        Assert.Equal("true Close true 1", new HtmlParser().ParseDocument(page).Body!.TextContent.Trim());
    }

    /// <summary>The dark rules of the style sheet for every reader.</summary>
    private static string InDark() => Replaced(Page, Dark, "@media all");

    private static JToken[] Findings(string background, string page, string before)
    {
        // The page's policy forbids scripts, so its copy goes without.
        var instrumented = Replaced(Replaced(page, Policy, ""), "</body>", $"<script>{new BundledAxeScriptProvider().GetScript()}</script><script>{before}{Run}</script></body>");
        var found = JObject.Parse(new HtmlParser().ParseDocument(Browser.Document(instrumented)).Body!.TextContent);

        Assert.Equal(background, (string?)found["colour"]);
        Assert.Subset(found["passes"]!.Select(rule => (string)rule!).ToHashSet(), new HashSet<string> { "button-name", "document-title", "html-has-lang" });   // axe ran
        return [.. found["violations"]!];
    }

    private static string Replaced(string text, string found, string instead) =>
        text.Contains(found, StringComparison.Ordinal) ? text.Replace(found, instead, StringComparison.Ordinal) : throw new InvalidOperationException($"The page does not hold {found}.");
}
