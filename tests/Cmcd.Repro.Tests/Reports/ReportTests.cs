using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Cmcd.Repro.Reports;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Infrastructure;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Tests.Reports;

public sealed partial class ReportTests
{
    private const string Hostile = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)>\" onmouseover=\"alert(1)";

    private static readonly ReportInput Input = SampleReport.Input();
    private static readonly (string Page, string Json) Written = SampleReport.Write(Input);
    private static readonly JObject Facts = JObject.Parse(Written.Json);
    private static readonly IDocument Page = new HtmlParser().ParseDocument(Written.Page);

    [Fact]
    public void Every_cell_stands_in_its_place_with_its_numbers_and_its_verdict_in_words()
    {
        var experiment = Input.Tables[0].Experiment;
        var rows = Page.QuerySelectorAll("table.cells tbody tr").ToArray();
        Assert.Equal(experiment.Rows.Select(row => row.Label), rows.Select(row => row.QuerySelector("th[scope=row]")!.TextContent));
        Assert.Equal(experiment.Columns.Select(column => column.Label), Page.QuerySelectorAll("table.cells thead th[scope=col]").Select(head => head.FirstChild!.TextContent));

        var places = rows.SelectMany(row => row.QuerySelectorAll("td")).ToArray();
        Assert.Equal(Input.Tables[0].Results.Cells.Count, places.Length);
        foreach (var (cell, place) in Input.Tables[0].Results.Cells.Zip(places))
        {
            Assert.Contains(cell.Verdict.ToString().ToLowerInvariant().Replace('_', ' '), place.TextContent, StringComparison.Ordinal);
            Assert.Contains($"printed {cell.PaperValue!.Value.ToString("F2", CultureInfo.InvariantCulture)}", place.TextContent, StringComparison.Ordinal);
            Assert.Contains(
                cell.Mean is null ? "not measured" : FormattableString.Invariant($"{cell.Mean:F2} [{cell.Ci95Low:F2}, {cell.Ci95High:F2}]"), place.TextContent, StringComparison.Ordinal);
            Assert.Equal(cell.Seeds > 0, place.TextContent.Contains("3 seeds", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_cell_opens_its_evidence()
    {
        var results = Input.Tables[0].Results;
        foreach (var (cell, place) in results.Cells.Zip(Page.QuerySelectorAll("table.cells tbody td")))
        {
            var panel = Page.GetElementById(place.QuerySelector("button")!.GetAttribute("popovertarget")!)!;
            Assert.True(panel.HasAttribute("popover"));
            Assert.Contains(cell.Reason, panel.TextContent, StringComparison.Ordinal);
            foreach (var run in results.RunsOf(cell.Cell))
            {
                Assert.Contains(FormattableString.Invariant($"seed {run.Seed}: {run.Value:F2}"), panel.TextContent, StringComparison.Ordinal);
                Assert.Contains(run.StageKey, panel.TextContent, StringComparison.Ordinal);
            }

            if (cell.Seeds == 0) continue;
            var alone = $"./build.sh --target=Redo --cell=Table1/{cell.Row}/{cell.Column} --tier=mini --seeds=3";
            foreach (var shown in (string[])["pretrain teacher on imagenet, seed 0", "sentinel.frozen-encoder: af06", alone])
                Assert.Contains(shown, panel.TextContent, StringComparison.Ordinal);
        }

        Assert.Contains("./build.sh --target=Table1 --tier=mini --seeds=3 --threads=1", Page.QuerySelector("#Table1 > p.minor")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Verdicts_are_counted_on_the_first_screen_beside_what_the_tier_is_not()
    {
        var counts = Page.QuerySelectorAll(".counts tr:has(td)").Select(row => string.Join(' ', row.QuerySelectorAll(".badge, tfoot th, td").Select(cell => cell.TextContent)).Trim());
        Assert.Equal(["✓ reproduced 10 1", "✗ contradicted 10 1", "? inconclusive 10 1", "○ not tested 10 1", "! stale 10 1", "– unavailable 10 1", "all 60 6"], counts);
        Assert.Contains("They are not the paper's numbers", Page.QuerySelector("header .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("mini", Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_claim_stands_with_verdict_tier_numbers_and_reason_and_can_be_filtered()
    {
        var shown = Page.QuerySelectorAll(".claims > li").ToArray();
        Assert.Equal(Input.Claims.Count, shown.Length);
        foreach (var (claim, place) in Input.Claims.Zip(shown))
        {
            var word = claim.Verdict.ToString().ToLowerInvariant().Replace('_', ' ');
            Assert.All([claim.Claim, claim.Text, claim.Place, claim.Reason, "tier mini", word], text => Assert.Contains(text, place.TextContent, StringComparison.Ordinal));
            if (claim.Estimate is not null)
                Assert.Contains(FormattableString.Invariant($"{claim.Estimate:0.00} [{claim.Low:0.00}, {claim.High:0.00}] points"), place.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("The paper's own numbers", place.TextContent, StringComparison.Ordinal);   // these are H, which the paper does not print
            var filter = "v-" + word.Replace(' ', '-');
            Assert.NotNull(Page.GetElementById("show-" + filter));
            Assert.Contains(filter, place.ClassList);
            Assert.Contains($"#claims:has(#show-{filter}:checked) .claims > :not(.{filter})", Written.Page, StringComparison.Ordinal);
        }

        Assert.NotNull(Page.GetElementById(shown[0].QuerySelector("button")!.GetAttribute("popovertarget")!));
    }

    [Fact]
    public void A_claim_stands_beside_what_the_paper_s_own_numbers_say_of_that_part_and_folds_its_cells_when_they_are_many()
    {
        var cells = Input.Tables[0].Results.Cells.Take(5).Select(cell => cell.Cell).ToArray();
        var page = new HtmlParser().ParseDocument(SampleReport.Write(Input with { Claims = [Input.Claims[0] with { Claim = "C05/CMD", Cells = cells }] }).Page);
        var place = page.QuerySelector(".claims > li")!;

        Assert.Contains("The paper's own numbers: contradicted, 0 of 1", place.TextContent, StringComparison.Ordinal);
        Assert.Equal("5 cells", place.QuerySelector("details > summary")!.TextContent);
        Assert.Equal(cells.Select(cell => cell.ToString()), place.QuerySelectorAll("details button").Select(button => button.TextContent));
        Assert.Contains("bear out 15 of its 34 sentences, contradict 6", page.QuerySelector("#verdicts")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_of_a_cell_are_those_of_its_files()
    {
        var results = Input.Tables[0].Results;
        Assert.Equal("cmcd-repro-report/1", (string?)Facts["schema"]);
        foreach (var (cell, fact) in results.Cells.Zip(Facts["tables"]![0]!["cells"]!))
        {
            Assert.Equal(cell.Cell, new(cell.Table, (string)fact["values"]!["row"]!, (string)fact["values"]!["column"]!, (string)fact["values"]!["protocol"]!));
            Assert.Equal((cell.Mean, cell.Verdict.ToString()), ((double?)fact["values"]!["mean"], (string?)fact["values"]!["verdict"]));
            Assert.Equal(results.RunsOf(cell.Cell).Select(run => run.Value), fact["runs"]!.Select(run => (double)run["value"]!));
        }

        var difference = Facts["tables"]![0]!["differences"]!.Single(one => ((string)one["first"]!, (string)one["second"]!, (string)one["column"]!) == ("CMC+LE", "SSL+LE", "Sketchy"));
        Assert.Equal(Values("CMC+LE").Zip(Values("SSL+LE"), (a, b) => a - b).Average(), (double)difference["mean"]!, 12);

        IEnumerable<double> Values(string row) => results.RunsOf(new("Table1", row, "Sketchy", "LE")).Select(run => run.Value);
    }

    /// <summary>Axis ticks are the only decimals of a plot that are not facts; the project's own texts are shown whole.</summary>
    [Fact]
    public void Every_decimal_on_the_page_stands_in_the_facts()
    {
        var values = Facts.Descendants().OfType<JValue>().ToArray();
        var texts = string.Join('\n', values.Where(value => value.Type == JTokenType.String).Select(value => (string)value!));
        var numbers = values.Where(value => value.Type is JTokenType.Float or JTokenType.Integer).Select(value => Math.Abs((double)value)).Distinct().ToArray();
        var allowed = numbers.SelectMany(number => (string[])[
            number.ToString("0.00", CultureInfo.InvariantCulture), number.ToString("0.0", CultureInfo.InvariantCulture), number.ToString("G4", CultureInfo.InvariantCulture),
            number.ToString("R", CultureInfo.InvariantCulture)]).ToHashSet();

        var page = new HtmlParser().ParseDocument(Written.Page);
        foreach (var skipped in page.QuerySelectorAll("style, #deviations, #data, svg .tick")) skipped.Remove();
        var decimals = Decimal().Matches(string.Join(' ', page.Body!.Descendants<IText>().Select(text => text.Data))).Select(match => match.Value).ToArray();
        Assert.InRange(decimals.Length, 500, 100_000);
        Assert.Empty(decimals.Where(number => !allowed.Contains(number) && !texts.Contains(number, StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public void The_page_is_one_small_file_that_loads_and_runs_nothing()
    {
        Assert.InRange(Written.Page.Length, 50_000, 2_000_000);
        Assert.Empty(Page.QuerySelectorAll("script, link, img, iframe, object, embed, base, [src], [srcset], [onclick], [onload]"));
        Assert.All(Page.QuerySelectorAll("[href]"), link => Assert.StartsWith("#", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.All(Page.QuerySelectorAll("a[href]"), link => Assert.NotNull(Page.GetElementById(link.GetAttribute("href")![1..])));
        var style = Page.QuerySelector("style")!.TextContent;
        Assert.DoesNotContain("url(", style, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", style, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("default-src 'none'", Page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content"), StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_go_down_one_level_at_a_time_ids_are_unique_and_plots_have_names()
    {
        var levels = Page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.TagName[1] - '0').ToArray();
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, 1);
        Assert.DoesNotContain(levels.Zip(levels.Skip(1)), pair => pair.Second > pair.First + 1);
        var ids = Page.QuerySelectorAll("[id]").Select(element => element.Id).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(Page.QuerySelectorAll("figure svg"), plot => Assert.False(string.IsNullOrWhiteSpace(plot.GetAttribute("aria-label"))));
        Assert.Equal(
            ["Cells", "Ours and the printed value", "CMC and CMD above the others?", "Seeds", "Training losses", "Time and cache"],
            Page.QuerySelectorAll("#Table1 > h3").Select(heading => heading.TextContent));
        Assert.Subset(
            Page.QuerySelectorAll("#Table1 figure figcaption").Select(caption => caption.TextContent).ToHashSet(),
            new HashSet<string> { "Sketchy (fashion-sketch)", "TUBerlin (emoji-line)", "Sketchy (fashion-sketch), LE", "Sketchy (fashion-sketch), FT", "TUBerlin (emoji-line), LE", "TUBerlin (emoji-line), FT" });
    }

    [Fact]
    public void Texts_of_files_stay_texts()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("Table1.json", "\"label\": \"CMST + LE\"", $"\"label\": {Newtonsoft.Json.JsonConvert.ToString(Hostile)}");
        var input = SampleReport.Input(files: folder.Files).With(results => results with
        {
            Cells = [.. results.Cells.Select(cell => cell with { Reason = Hostile })],
            Manifest = results.Manifest with
            {
                Environment = results.Manifest.Environment with { Cpu = Hostile },
                Stages = [.. results.Manifest.Stages.Select(stage => stage with { Stage = Hostile + stage.Stage, Reason = Hostile, Sentinels = new Dictionary<string, string> { [Hostile] = Hostile } })],
                Datasets = new Dictionary<string, string> { [Hostile] = Hostile },
            },
        });
        input = input with
        {
            Claims = [.. input.Claims.Select(claim => claim with { Claim = Hostile, Text = Hostile, Place = Hostile, Reason = Hostile, Unit = Hostile })],
            Deviations = $"# {Hostile}\n\n{Hostile}\n\n[a](javascript:alert(1)) ![b](https://example.org/b.png) <https://example.org>\n\n| {Hostile} |\n|---|\n| {Hostile} |\n",
        };
        var page = new HtmlParser().ParseDocument(SampleReport.Write(input).Page);

        Assert.Empty(page.QuerySelectorAll("script, img, [onerror], [onmouseover], [href^=javascript], [href^=http]"));
        Assert.Single(page.QuerySelectorAll("style"));
        Assert.Equal(Hostile, page.QuerySelector("table.cells tbody tr:nth-child(3) th")!.TextContent);
        Assert.Equal(Hostile, page.QuerySelector("#deviations h2")!.TextContent);
    }

    [Fact]
    public void Equal_input_gives_equal_bytes_under_any_culture()
    {
        using var culture = new CommaCulture();
        Assert.Equal(Written, SampleReport.Write(SampleReport.Input()));
    }

    [Fact]
    public void One_seed_has_no_interval_and_no_plot_of_seeds()
    {
        var page = new HtmlParser().ParseDocument(SampleReport.Write(SampleReport.Input(seeds: 1)).Page);
        Assert.Contains("no interval", page.QuerySelector("table.cells tbody td")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Seeds", page.QuerySelectorAll("#Table1 > h3").Select(heading => heading.TextContent));
    }

    [Fact]
    public void A_table_without_a_single_run_is_shown_as_what_it_is()
    {
        var page = new HtmlParser().ParseDocument(SampleReport.Write(SampleReport.Input().With(results => results with
        {
            Runs = [],
            Cells = [.. results.Cells.Select(cell => cell with { Seeds = 0, Mean = null, Std = null, Ci95Low = null, Ci95High = null })],
            Manifest = results.Manifest with { Stages = [], Runs = 0 },
        })).Page);

        Assert.Equal(60, page.QuerySelectorAll("table.cells tbody td").Count(cell => cell.TextContent.Contains("not measured", StringComparison.Ordinal)));
        Assert.Empty(page.QuerySelectorAll("figure"));
    }

    [Fact]
    public void Results_with_other_cells_than_their_experiment_are_refused_by_name()
    {
        var lost = SampleReport.Input().With(results => results with { Cells = [.. results.Cells.Skip(1)] });
        Assert.Contains("Table1/SSL+LE/Sketchy/LE", Assert.Throws<ReproException>(() => SampleReport.Write(lost)).Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Decimal();
}
