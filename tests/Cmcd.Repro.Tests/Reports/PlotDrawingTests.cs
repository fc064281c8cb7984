using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cmcd.Repro.Reports;
using Cmcd.Repro.Reports.Plots;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Reports;

public sealed partial class PlotDrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_file_is_well_formed_names_itself_and_loads_and_runs_nothing()
    {
        foreach (var (name, text) in Written())
        {
            var root = XDocument.Parse(text).Root!;
            Assert.Equal((Svg + "svg", "img"), (root.Name, root.Attribute("role")!.Value));
            Assert.Equal(root.Attribute("aria-labelledby")!.Value.Split(' '), new[] { "title", "desc" }.Select(tag => root.Element(Svg + tag)!.Attribute("id")!.Value));
            Assert.Contains("tier mini", root.Element(Svg + "title")!.Value, StringComparison.Ordinal);
            Assert.Contains($"{name}.csv", root.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
            Assert.Contains("prefers-color-scheme: dark", root.Element(Svg + "style")!.Value, StringComparison.Ordinal);
            Assert.Subset(new HashSet<string> { "svg", "title", "desc", "style", "rect", "text", "g", "path" }, root.DescendantsAndSelf().Select(element => element.Name.LocalName).ToHashSet());
            Assert.DoesNotContain("url(", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(root.Descendants().Attributes(), attribute => attribute.Name.LocalName is "href" or "src" or "onload");
        }
    }

    [Fact]
    public void A_line_rises_with_its_numbers_and_each_point_has_a_mark()
    {
        var panels = XDocument.Parse(Written()["Figure1"]).Root!.Descendants(Svg + "path").Where(path => (string?)path.Attribute("class") == "line" && path.Attribute("d")!.Value.Contains('L')).ToArray();
        Assert.Equal(16, panels.Length);
        // Drawn from the last of the legend to the first; CMC with equal epochs is 40, 41, … 46 in the first panel.
        var (lowest, highest) = (Points(panels[3]), Points(panels[0]));
        Assert.Equal(7, lowest.Length);
        var perUnit = (lowest[0].Y - lowest[6].Y) / 6;
        Assert.True(perUnit > 1);
        Assert.All(lowest.Index(), point => Assert.Equal(lowest[0].Y - (perUnit * point.Index), point.Item.Y, 0.4));
        Assert.All(highest.Zip(lowest), pair => Assert.Equal(9 * perUnit, pair.Second.Y - pair.First.Y, 0.8));      // three rows of 3 between
        var perPercent = (lowest[6].X - lowest[0].X) / 95;
        Assert.All(lowest.Zip([5, 10, 20, 40, 60, 80, 100]), pair => Assert.Equal(lowest[0].X + (perPercent * (pair.Second - 5)), pair.First.X, 0.2));
        var marks = panels[3].ElementsAfterSelf(Svg + "path").Single(path => (string?)path.Attribute("class") == "mark").Attribute("d")!.Value;
        Assert.Equal(7, marks.Count(letter => letter == 'M'));
        Assert.Equal("CMC", panels[3].Parent!.Element(Svg + "title")!.Value);
    }

    [Fact]
    public void Marks_differ_in_shape_so_that_colour_is_not_needed()
    {
        string[][] together = [["CMC", "CMD", "CMKD", "PreSSL"], ["CMC", "CMD", "CMST", "SOCKET", "PreSSL", "SSL", "Sup", "ShuffledCMD", "Random"], ["ours", "printed"]];
        var filled = new[] { "CMC", "CMD", "ours" };
        foreach (var names in together)
            Assert.Equal(names.Length, names.Select(name => (filled.Contains(name), SeriesStyle.Shape(SeriesStyle.Of(name), 9, 9).ToString())).Distinct().Count());
    }

    [Fact]
    public void Both_kinds_of_points_bear_the_names_of_their_columns()
    {
        var names = XDocument.Parse(Written()["GainAgainstTv"]).Root!.Descendants(Svg + "text").Where(text => (string?)text.Attribute("class") == "name").Select(text => text.Value).ToArray();
        Assert.Equal(2, names.Count(name => name == "VGGSound (video-audio)"));   // printed only, LE and FT
        Assert.Equal(4, names.Count(name => name == "NYU-Depth V2 (image-depth)"));
    }

    [Theory]
    [InlineData(1), InlineData(8), InlineData(12)]
    public void Names_stand_on_no_name_and_no_mark_even_of_points_that_coincide(int count)
    {
        var area = new Box(0, 0, 380, 250);
        (double X, double Y, string Name)[] points = [.. Enumerable.Range(0, count).Select(i => (370.0 - (i % 2), 120.0 + (i % 3), "NYU-Depth V2 (image-depth)"))];
        var marks = points.Select(point => Box.About(point.X, point.Y, 6)).ToArray();
        var boxes = LabelPlaces.Of(points, marks, [new(300, 118, 380, 122)], area).Select(box => box!.Value).ToArray();

        for (var i = 0; i < count; i++)
        {
            Assert.True(boxes[i].IsWithin(area));
            Assert.DoesNotContain(marks, boxes[i].Overlaps);
            Assert.DoesNotContain(boxes.Take(i), boxes[i].Overlaps);
            Assert.Equal(LabelPlaces.WidthOf(points[i].Name), boxes[i].Right - boxes[i].Left, 9);
        }
    }

    [Fact]
    public void The_line_from_a_name_to_its_mark_passes_no_other_mark()
    {
        (double X, double Y, string Name)[] points = [(40, 60, "TUBerlin (image-sketch)"), (54, 59, "NYU-Depth V2 (image-depth)"), (84, 76, "VGGSound (video-audio)"), (40, 86, "Sketchy (image-sketch)")];
        var marks = points.Select(point => Box.About(point.X, point.Y, 6)).ToArray();
        var boxes = LabelPlaces.Of(points, marks, [], new(0, 0, 380, 250));
        foreach (var (i, box) in boxes.Index())
            Assert.DoesNotContain(marks.Where((_, mark) => mark != i), mark => mark.IsCut((points[i].X, points[i].Y), box!.Value.Nearest(points[i].X, points[i].Y)));
    }

    [Fact]
    public void A_name_without_room_is_left_out() =>
        Assert.Equal([null], LabelPlaces.Of([(10, 10, "a name that is wider than the whole area")], [], [], new(0, 0, 60, 60)));

    [Theory]
    [InlineData(3.2, 11.06), InlineData(-0.004, 0.03), InlineData(5, 5), InlineData(1200, 91000)]
    public void Ticks_are_round_few_and_within_the_range(double low, double high)
    {
        var axis = Axis.Over([low, high]);
        Assert.InRange(axis.Ticks.Count, 2, 12);
        Assert.All(axis.Ticks, tick => Assert.True(axis.Holds(tick)));
        Assert.Equal(axis.Ticks.Count, axis.Ticks.Select(Axis.Label).Distinct().Count());
        Assert.All([low, high], value => Assert.InRange(axis.Place(value, 50, 400), 50, 400));
    }

    [Fact]
    public void Equal_ratios_are_equally_far_apart_on_a_logarithmic_axis()
    {
        var axis = Axis.Over([128, 4000], logarithmic: true);
        Assert.Equal([200, 500, 1000, 2000], axis.Ticks);
        Assert.Equal(axis.Place(400, 0, 1) - axis.Place(200, 0, 1), axis.Place(4000, 0, 1) - axis.Place(2000, 0, 1), 12);
    }

    [Fact]
    public void Texts_of_files_stay_texts()
    {
        const string hostile = "</title><script>alert(1)</script>]]>&\"'";
        using var folder = new ExperimentFolder();
        folder.Edit("Figure1.json", "How much does each method lose when it sees a part of the pairs only?", hostile.Replace("\"", "\\\"", StringComparison.Ordinal));
        var (results, _) = SamplePlots.Curves(1);
        var root = XDocument.Parse(Written(SamplePlots.Input([(results, folder.Files.Load("Figure1", "mini"))]))["Figure1"]).Root!;

        Assert.Contains(hostile, root.Element(Svg + "title")!.Value, StringComparison.Ordinal);
        Assert.Empty(root.Descendants(Svg + "script"));
    }

    private static Dictionary<string, string> Written(ReportInput? input = null)
    {
        using var folder = new ScratchFolder();
        Report.Write(input ?? SamplePlots.Input([SamplePlots.Curves(3), SamplePlots.Gains(2)], SamplePlots.Gap(2)), folder.Path);
        return Directory.GetFiles(folder.File("plots"), "*.svg").ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
    }

    private static (double X, double Y)[] Points(XElement path) => [.. Pair().Matches(path.Attribute("d")!.Value)
        .Select(match => (double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))];

    [GeneratedRegex(@"[ML](-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Pair();
}
