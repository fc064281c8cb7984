using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Results;

public sealed class TableResultsTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly string _folder;

    public TableResultsTests() => _folder = ResultFolder.Write(
        _scratch.Create("results"), ("CMC+LE", "Sketchy", [60, 61.5, 63]), ("SSL+LE", "Sketchy", [50, 51, 52]), ("CMC+LE", "TUBerlin", []));

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Files_that_bear_each_other_out_are_read()
    {
        var results = TableResults.Read(_folder);

        Assert.Equal(("Table1", "mini", 3, 6), (results.Table, results.Tier, results.Cells.Count, results.Runs.Count));
        Assert.Equal([60, 61.5, 63], results.RunsOf(new("Table1", "CMC+LE", "Sketchy", "LE")).Select(run => run.Value));
        Assert.Equal(61.5, results.Predictions["Sketchy"].Top1("cmc+lesketchy1"));
        Assert.Equal(["Table1"], TableResults.ReadTier(_scratch.File("results"), "mini").Select(table => table.Table));
    }

    [Theory]
    [InlineData("cells.csv", "61.50", "61.60", "CMC+LE/Sketchy/LE: mean is 61.6, its runs give 61.50")]
    [InlineData("cells.csv", ",1.50,", ",2.50,", "std is 2.5, its runs give 1.50")]
    [InlineData("cells.csv", "percent,mini,3,61.50", "percent,mini,2,61.50", "says 2 seeds, runs.csv has 3")]
    [InlineData("cells.csv", ",mini,3,61.50", ",paper,3,61.50", "is of Table1, tier paper; expected Table1, mini")]
    [InlineData("cells.csv", "Table1,CMC+LE,TU", "Table2,CMC+LE,TU", "is of Table2")]
    [InlineData("cells.csv", "61.50", "61,50", "fields, expected 16")]
    [InlineData("cells.csv", "61.50", "NaN", "mean is \"NaN\", expected a finite number")]
    [InlineData("cells.csv", "table,row", "\uFEFFtable,row", "byte order mark")]
    [InlineData("cells.csv", "mean,std", "std,mean", "header is")]
    [InlineData("runs.csv", "61.5", "61", "value is 61, its predictions give 61.5")]
    [InlineData("runs.csv", "cmc+lesketchy1,", "other,", "stage other is not in manifest.json")]
    [InlineData("runs.csv", "LE,1,61.5", "LE,0,61.5", "a run stands twice")]
    [InlineData("manifest.json", "\"split\": ", "\"splits\": ", "manifest.json: settings.split is missing: it is of another version")]
    [InlineData("manifest.json", "\"split\": \"test\"", "\"split\": \"validation\"", "settings.split is \"validation\", expected \"test\", as the folder is named")]
    [InlineData("manifest.json", "\"runs\": 6", "\"runs\": 7", "manifest.json says 7")]
    [InlineData("manifest.json", "\"tier\": \"mini\"", "\"tier\": \"paper\"", "is of tier paper, expected mini")]
    public void A_changed_file_is_refused_by_place(string file, string found, string instead, string message)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(found, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{found} is not in {file}");
        File.WriteAllText(path, text[..at] + instead + text[(at + found.Length)..]);

        Assert.Contains(message, Assert.Throws<ReproException>(() => TableResults.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("miou", "confusions.NYU-Depth V2.csv.gz is missing: no confusions of Table1/CMC+LE/NYU-Depth V2/LE, seed 0, nor of 2 other runs.", true)]
    [InlineData("miou", "value is 12, its confusions give ", false)]
    [InlineData("top1", "predictions.NYU-Depth V2.csv.gz is missing: no predictions of Table1/CMC+LE/NYU-Depth V2/LE, seed 0, nor of 2 other runs.", false)]
    public void A_column_of_segmentation_is_borne_out_by_its_confusions(string metric, string message, bool gone)
    {
        var folder = ResultFolder.Write(_scratch.Create("segmented"), ("CMC+LE", ResultFolder.Segmented, [60, 61.5, 63]), ("CMC+LE", "Sketchy", [60, 61, 62]));
        var results = TableResults.Read(folder);
        var run = results.Runs.First(run => run.Column == ResultFolder.Segmented);
        Assert.Equal(results.Confusions[ResultFolder.Segmented].Value(run.StageKey), run.Value, 12);
        Assert.Equal(["miou", "top1"], results.Runs.Select(each => results.AnswersOf(each)!.Metric).Distinct());

        if (gone) File.Delete(Path.Combine(folder, ConfusionTable.FileOf(ResultFolder.Segmented)));
        var cells = Path.Combine(folder, "cells.csv");
        File.WriteAllText(cells, File.ReadAllText(cells).Replace("miou", metric, StringComparison.Ordinal));
        var runs = Path.Combine(folder, "runs.csv");
        if (!gone && metric == "miou") File.WriteAllText(runs, File.ReadAllText(runs).Replace(run.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), "12", StringComparison.Ordinal));
        Assert.Contains(message, Assert.Throws<ReproException>(() => TableResults.Read(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_are_found_by_their_stage_when_a_column_has_several_test_sets()
    {
        var file = Path.Combine(_folder, PredictionTable.FileOf("Sketchy"));
        var all = PredictionTable.Read(file);
        foreach (var (name, starts) in new[] { ("Sketchy", "cmc"), ("Sketchy~2", "ssl") })
            (all with { Predicted = all.Predicted.Where(answers => answers.Key.StartsWith(starts, StringComparison.Ordinal)).ToDictionary() }).Write(Path.Combine(_folder, PredictionTable.FileOf(name)));

        var results = TableResults.Read(_folder);
        Assert.Equal(50, results.AnswersOf(results.Runs.First(run => run.Row == "SSL+LE"))!.Value("ssl+lesketchy0"));
    }

    [Theory]
    [InlineData("cells.csv"), InlineData("runs.csv"), InlineData("manifest.json"), InlineData("predictions.Sketchy.csv.gz")]
    public void A_file_cut_in_half_or_missing_is_refused_by_name(string file)
    {
        var path = Path.Combine(_folder, file);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.Contains(file, Assert.Throws<ReproException>(() => TableResults.Read(_folder)).Message, StringComparison.Ordinal);

        File.Delete(path);
        Assert.Contains(file, Assert.Throws<ReproException>(() => TableResults.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tier_without_results_says_how_to_make_them() =>
        Assert.Contains("--tier=paper", Assert.Throws<ReproException>(() => TableResults.ReadTier(_scratch.File("results"), "paper")).Message, StringComparison.Ordinal);

    [Fact]
    public void Predictions_come_back_and_equal_tables_give_equal_bytes()
    {
        var table = new PredictionTable([0, 1, 2], new Dictionary<string, IReadOnlyList<int>> { ["b"] = [0, 1, 1], ["a"] = [2, 1, 2] });
        table.Write(_scratch.File("one"));
        new PredictionTable([0, 1, 2], new Dictionary<string, IReadOnlyList<int>> { ["a"] = [2, 1, 2], ["b"] = [0, 1, 1] }).Write(_scratch.File("two"));
        var read = PredictionTable.Read(_scratch.File("one"));

        Assert.Equal(File.ReadAllBytes(_scratch.File("one")), File.ReadAllBytes(_scratch.File("two")));
        Assert.Equal(table.Labels, read.Labels);
        Assert.Equal([2, 1, 2], read.Predicted["a"]);
        Assert.Equal(200.0 / 3, read.Top1("b"), 12);
        Assert.Throws<ArgumentException>(() => new PredictionTable([0], new Dictionary<string, IReadOnlyList<int>> { ["a"] = [0, 1] }).Write(_scratch.File("three")));
    }
}
