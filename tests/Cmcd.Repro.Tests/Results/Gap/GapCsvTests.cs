using Cmcd.Repro.Results.Gap;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Results.Gap;

public sealed class GapCsvTests : IDisposable
{
    private static readonly string[] Scales = ["ExcessRisk", "Points"];

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Levels_come_back_as_written_under_any_culture()
    {
        using var culture = new CommaCulture();
        var file = _folder.File("levels.csv");
        GapCsv.WriteLevels(file, [Row(1), Row(2)]);

        Assert.Equal("knob,level,setting,seed,method,protocol,top1,ExcessRisk,Points,tv.a,tv.b\nshift,1,0.25,3,CMD,LE,61.5,-1.25,2,0.1235,1\n", string.Concat(File.ReadAllText(file).Split('\n').Take(2).Select(line => line + "\n")));
        var read = GapCsv.ReadLevels(file, Scales);
        Assert.Equal(Row(2) with { Outcomes = read[1].Outcomes, Measures = read[1].Measures }, read[1]);
        Assert.Equal((-1.25, 0.1235), (read[1].Outcomes["ExcessRisk"], read[1].Measures["tv.a"]));
    }

    [Fact]
    public void Summary_leaves_what_has_no_interval_empty()
    {
        var file = _folder.File("summary.csv");
        GapCsv.WriteSummary(file, [new("spearman", "shift", "tv.a", "CMD", "LE", "Points", -0.5, null, null, "negative", "open", 1)]);

        Assert.Equal("statistic,knob,quantity,method,protocol,outcome,value,low,high,predicted,found,seeds\nspearman,shift,tv.a,CMD,LE,Points,-0.5,,,negative,open,1\n", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("Points,tv.a", "Pints,tv.a", "the header does not start with")]
    [InlineData("61.5", "much", "top1 is \"much\"")]
    public void Damaged_levels_are_refused(string found, string replacement, string expected)
    {
        var file = _folder.File("levels.csv");
        GapCsv.WriteLevels(file, [Row(1)]);
        File.WriteAllText(file, File.ReadAllText(file).Replace(found, replacement, StringComparison.Ordinal));

        Assert.Contains(expected, Assert.Throws<ReproException>(() => GapCsv.ReadLevels(file, Scales)).Message, StringComparison.Ordinal);
    }

    private static GapRow Row(int level) => new(
        "shift", level, 0.25, 3, "CMD", "LE", 61.5, new Dictionary<string, double> { ["ExcessRisk"] = -1.25, ["Points"] = 2 },
        new Dictionary<string, double> { ["tv.b"] = 1, ["tv.a"] = 0.12345 });
}
