using System.Globalization;
using AngleSharp.Html.Parser;
using Cmcd.Repro.Reports;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Tests.Reports;

/// <summary>Results → what the figures over whole tables show, by way of the written files.</summary>
public sealed class PlotFactsTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Figure_1_has_a_panel_a_data_set_and_arm_a_line_a_method_and_every_cell_s_mean_and_interval()
    {
        var (results, experiment) = SamplePlots.Curves(3);
        var lines = Csv("Figure1", SamplePlots.Input([(results, experiment)]));

        Assert.Equal("column,measured,protocol,budget,series,point,x_axis,x,x_low,x_high,y_axis,y,y_low,y_high,seeds", string.Join(',', lines[0]));
        Assert.Equal(results.Cells.Count, lines.Length - 1);
        Assert.Equal(["Sketchy/epochs", "Sketchy/updates", "TUBerlin/epochs", "TUBerlin/updates"], lines.Skip(1).Select(line => $"{line[0]}/{line[3]}").Distinct());
        Assert.Equal(["CMC", "CMD", "CMKD", "PreSSL"], lines.Skip(1).Select(line => line[4]).Distinct());
        foreach (var cell in results.Cells)
        {
            var settings = experiment.Cell(cell.Row, cell.Column);
            var line = Assert.Single(lines.Skip(1), line => line[0] == cell.Column.Split(' ')[0] && string.Equals(line[3], $"{settings.Budget}", StringComparison.OrdinalIgnoreCase) && line[4] == settings.Method
                && Number(line[7]) == Math.Round(100 * settings.PairShare!.Value));
            Assert.Equal([cell.Mean, cell.Ci95Low, cell.Ci95High, 3.0], [Number(line[11]), Number(line[12]), Number(line[13]), Number(line[14])]);
        }

        Assert.Equal([5.0, 10, 20, 40, 60, 80, 100], lines.Skip(1).Take(7).Select(line => Number(line[7])));
    }

    [Fact]
    public void One_seed_has_no_interval_and_a_share_that_was_not_measured_no_point()
    {
        var made = SamplePlots.Table("Figure1", (experiment, row, column) => column.Id == "Sketchy 40%" || row.Id != "CMC+LE" ? [] : SamplePlots.Curve(experiment, row, column, 1));
        var lines = Csv("Figure1", SamplePlots.Input([made]));

        Assert.Equal(13, lines.Length - 1);
        Assert.All(lines.Skip(1), line => Assert.Equal(("", "", "1"), (line[12], line[13], line[14])));
        Assert.DoesNotContain(lines, line => line[0] == "Sketchy" && line[7] == "40");
    }

    [Fact]
    public void Gain_against_total_variation_has_the_paper_s_four_points_and_ours_where_both_numbers_were_measured()
    {
        var (results, experiment) = SamplePlots.Gains(2);
        var lines = Csv("GainAgainstTv", SamplePlots.Input([(results, experiment)]));

        string[] paper = [.. lines.Where(line => line[2] == "printed").Select(line => $"{line[0]} {line[3]} {line[5]} {line[9]}")];
        Assert.Equal(
            [
                "LE Sketchy (image-sketch) 0.04 8.3", "LE TUBerlin (image-sketch) 0.04 11.06", "LE VGGSound (video-audio) 0.1 9.82", "LE NYU-Depth V2 (image-depth) 0.06 3.48",
                "FT Sketchy (image-sketch) 0.04 1.73", "FT TUBerlin (image-sketch) 0.04 3.38", "FT VGGSound (video-audio) 0.1 2.46", "FT NYU-Depth V2 (image-depth) 0.06 3.47",
            ], paper);
        var ours = lines.Where(line => line[2] == "ours").ToArray();
        Assert.Equal(["LE 0.405 2.005", "LE 0.455 4.005", "LE 0.505 8.005", "FT 0.405 3.005", "FT 0.455 6.005", "FT 0.505 12.005"],
            ours.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line[0]} {Math.Round(Number(line[5])!.Value, 6)} {Math.Round(Number(line[9])!.Value, 6)}")));
        Assert.DoesNotContain(ours, line => line[3].StartsWith("VGGSound", StringComparison.Ordinal));
        var distance = results.Cells.Single(cell => (cell.Row, cell.Column) == ("TV distance", "TUBerlin"));
        Assert.Equal((distance.Ci95Low, distance.Ci95High), (Number(ours[1][6]), Number(ours[1][7])));
    }

    [Fact]
    public void The_gap_sweep_has_each_scale_of_each_knob_by_level_and_no_gain_of_what_gains_are_over()
    {
        var gap = SamplePlots.Gap(2);
        var lines = Csv("GapSweep", SamplePlots.Input([SampleReport.Input().Tables[0]], gap));

        // 8 levels; 4 methods in excess risk, 3 on the three scales of gains; 2 protocols; 5 knobs.
        Assert.Equal(8 * (4 + (3 * 3)) * 2 * 5, lines.Length - 1);
        Assert.DoesNotContain(lines, line => line[0] != "ExcessRisk" && (line[1], line[3]) is ("LE", "SSL") or ("FT", "Sup"));
        var third = lines.Single(line => (line[0], line[1], line[2], line[3], line[4]) == ("ErrorReduction", "FT", "mismatch", "CMC", "level 3"));
        var (outcome, distance) = (Cells.Fold([223, 223.25]), Cells.Fold([0.3, 0.31]));
        Assert.Equal([.. new[] { distance.Mean, distance.Low, distance.High }.Select(value => (double?)Math.Round(value!.Value, 4))], [Number(third[6]), Number(third[7]), Number(third[8])]);
        Assert.Equal([.. new[] { outcome.Mean, outcome.Low, outcome.High }.Select(value => (double?)Math.Round(value!.Value, 4))], [Number(third[10]), Number(third[11]), Number(third[12])]);
        // A control leaves total variation still: its setting is shown.
        Assert.Equal(gap.Experiment.Knobs.Single(knob => knob.Id == "appearance").Levels, lines.Where(line => (line[0], line[1], line[2], line[3]) == ("Points", "LE", "appearance", "CMD")).Select(line => Number(line[6])!.Value));
        Assert.All(lines.Where(line => line[2] == "pairs"), line => Assert.Equal("pairs", line[5]));
    }

    [Theory]
    [InlineData(7, "has 1 lines of 1 seeds"), InlineData(0, "differ in 2 levels")]
    public void Levels_of_another_version_are_refused(int lost, string expected)
    {
        var (experiment, levels) = SamplePlots.Gap(2);
        var changed = lost > 0 ? [.. levels.Where((_, i) => i != lost)] : levels.Select(row => row is { Knob: "shift", Level: 2 } ? row with { Setting = 0.11 } : row).ToArray();
        var message = Assert.Throws<ReproException>(() => Csv("GapSweep", SamplePlots.Input([SampleReport.Input().Tables[0]], (experiment, changed)))).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void No_plot_without_data_and_what_earlier_data_left_is_removed()
    {
        Report.Write(SamplePlots.Input([SamplePlots.Curves(1), SamplePlots.Gains(1)], SamplePlots.Gap(1)), _scratch.Path);
        Assert.Equal(6, Directory.GetFiles(_scratch.File("plots")).Length);
        File.WriteAllText(_scratch.File("plots/notes.txt"), "not ours");

        var unmeasured = SamplePlots.Table("Figure1", (_, _, _) => []);
        var onlyGains = SamplePlots.Table("Table2", (_, row, _) => row.Id == "TV distance" ? [] : [1]);
        Report.Write(SamplePlots.Input([unmeasured, onlyGains]), _scratch.Path);
        Assert.Equal(["notes.txt"], Directory.GetFiles(_scratch.File("plots")).Select(Path.GetFileName));
        var page = new HtmlParser().ParseDocument(File.ReadAllText(_scratch.File(Report.PageFile)));
        Assert.Null(page.GetElementById("figures"));
        Assert.DoesNotContain("#figures", page.QuerySelectorAll("nav a").Select(link => link.GetAttribute("href")));

        File.Delete(_scratch.File("plots/notes.txt"));
        Report.Write(SamplePlots.Input([unmeasured, onlyGains]), _scratch.Path);
        Assert.False(Directory.Exists(_scratch.File("plots")));
    }

    [Fact]
    public void Page_and_facts_show_the_numbers_of_the_files()
    {
        var input = SamplePlots.Input([SamplePlots.Curves(3), SamplePlots.Gains(2)], SamplePlots.Gap(2));
        Report.Write(input, _scratch.Path);
        var facts = JObject.Parse(File.ReadAllText(_scratch.File(Report.FactsFile)))["plots"]!;
        var page = new HtmlParser().ParseDocument(File.ReadAllText(_scratch.File(Report.PageFile)));

        Assert.Equal(["Figure1", "GainAgainstTv", "GapSweep"], facts.Select(plot => (string)plot["name"]!));
        foreach (var plot in facts)
        {
            var points = plot["panels"]!.SelectMany(panel => panel["series"]!).SelectMany(series => series["points"]!).ToArray();
            var lines = Lines((string)plot["name"]!);
            Assert.Equal(lines.Skip(1).Select(line => (Number(line[^8]), Number(line[^4]))), points.Select(point => ((double?)point["x"], (double?)point["y"])));
        }

        var regions = page.QuerySelectorAll("[role=region][aria-label]").Select(region => region.GetAttribute("aria-label")).ToArray();
        Assert.Equal(regions.Length, regions.Distinct().Count());
        Assert.Equal(4 + 2 + 10, page.QuerySelectorAll("#figures figure svg[role=img][aria-label]").Length);
        var cell = input.Tables[0].Results.Cells.Single(cell => (cell.Row, cell.Column) == ("CMD@updates+LE", "TUBerlin 20%"));
        Assert.Contains(FormattableString.Invariant($"{cell.Mean:0.00} [{cell.Ci95Low:0.00}, {cell.Ci95High:0.00}]"), page.GetElementById("figures")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("total variation 0.455 [0.39", page.GetElementById("figures")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The files hold all 8 groups.", page.GetElementById("figures")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_facts_give_equal_bytes_under_any_culture()
    {
        var input = SamplePlots.Input([SamplePlots.Curves(3), SamplePlots.Gains(2)], SamplePlots.Gap(2));
        Report.Write(input, _scratch.File("a"));
        using (var culture = new CommaCulture()) Report.Write(input, _scratch.File("b"));
        foreach (var file in Directory.GetFiles(_scratch.File("a/plots")))
        {
            var text = File.ReadAllText(file);
            Assert.Equal(text, File.ReadAllText(_scratch.File($"b/plots/{Path.GetFileName(file)}")));
            Assert.DoesNotContain('\r', text);
        }
    }

    private string[][] Csv(string name, ReportInput input)
    {
        Report.Write(input, _scratch.Path);
        return Lines(name);
    }

    /// <summary>Only names of axes hold commas, and they are quoted.</summary>
    private string[][] Lines(string name) => [.. File.ReadAllText(_scratch.File($"plots/{name}.csv")).TrimEnd('\n').Split('\n')
        .Select(line => string.Concat(line.Split('"').Select((part, i) => i % 2 == 0 ? part : part.Replace(',', ';'))).Split(','))];

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
