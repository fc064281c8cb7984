using System.Globalization;
using Cmcd.Repro.Commands;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Mutations;

namespace Cmcd.Repro.Tests.EndToEnd;

public sealed class SmokeTableTests(SmokeRun smoke) : IClassFixture<SmokeRun>
{
    [Fact]
    public void The_run_ends_well_and_says_that_its_numbers_stand_in()
    {
        Assert.Equal("", smoke.First.Error);
        Assert.Equal(0, smoke.First.ExitCode);
        Assert.Contains(smoke.First.Lines, line => line.Contains("not the paper's numbers", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_finds_the_approved_numbers_in_the_fresh_run()
    {
        var folders = ProjectFolders.Find(null, smoke.Cache, smoke.Results);
        var (code, text) = ApprovedCheckout.Captured(() => new VerifyCommand(folders, "smoke", "all").Execute());
        Assert.True(code == 0, text);
        Assert.Contains("60 cells", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_printed_cell_and_every_point_of_the_figure_is_measured()
    {
        string[] tables = ["Table1", "Table2", "Table3", "Table4", "Table5"];
        Assert.Equal(118, tables.Sum(table => Measured(table).Length));
        Assert.Equal(2 * 4 * 14, Measured("Figure1").Length);   // two budgets, four methods, seven shares on two test sets

        CellRow[] Measured(string table)
        {
            var cells = CellsCsv.Read(Path.Combine(smoke.Results, "smoke", table, "cells.csv"));
            Assert.All(cells, cell => Assert.Equal((Verdict.NOT_TESTED, true), (cell.Verdict, cell.Mean.HasValue)));
            return [.. cells];
        }
    }

    [Fact]
    public void A_second_run_trains_nothing_and_writes_the_same_bytes()
    {
        var runs = File.ReadAllBytes(smoke.File("runs.csv"));
        var cells = File.ReadAllBytes(smoke.File("cells.csv"));
        var again = SmokeRun.Run(smoke.Cache, smoke.Results);

        Assert.Equal(0, again.ExitCode);
        var stages = again.Lines.Where(line => line.StartsWith('[')).ToArray();
        Assert.NotEmpty(stages);
        Assert.All(stages, line => Assert.Contains(": cached", line, StringComparison.Ordinal));
        Assert.Equal(runs, File.ReadAllBytes(smoke.File("runs.csv")));
        Assert.Equal(cells, File.ReadAllBytes(smoke.File("cells.csv")));
    }

    [Fact]
    public void One_cell_made_again_alone_is_held_against_its_stored_run()
    {
        var again = Redo(smoke.Results, "Table1/CMC+LE/Sketchy");
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(3, again.Lines.Count(line => line.StartsWith('[')));   // teacher, distillation, evaluation: no stage of another cell
        Assert.Equal("1 of 1 equal to the last digit.", again.Lines[^1]);

        using var folder = new ScratchFolder();
        var otherwise = Redo(WithOneAnswerChanged(folder, "CMC+LE", "Sketchy"), "Table1/CMC+LE/Sketchy");
        Assert.Equal(1, otherwise.ExitCode);
        Assert.Contains(otherwise.Lines, line => line.EndsWith("percent  DIFFERS", StringComparison.Ordinal));

        Assert.Equal(3, Redo(smoke.Results, "Table1/CMC+LE/Sketchy", "--seeds=2").ExitCode);
    }

    [Fact]
    public void Earlier_results_with_more_seeds_are_put_aside_and_said()
    {
        using var folder = new ScratchFolder();
        var results = folder.Create("results");
        var table = folder.Create("results/smoke/Table1");
        var earlier = new RunsCsv(Path.Combine(table, "runs.csv"));
        foreach (var row in new RunsCsv(smoke.File("runs.csv")).Rows) earlier.Append(row with { Seed = row.Seed + 7 });
        var bytes = File.ReadAllBytes(Path.Combine(table, "runs.csv"));

        var outcome = SmokeRun.Run(smoke.Cache, results);
        Assert.Contains(outcome.Lines, line => line.StartsWith("The earlier results held runs that this one did not ask for", StringComparison.Ordinal));
        var kept = Assert.Single(Directory.EnumerateFiles(Path.Combine(smoke.Cache, "replaced"), "runs.csv", SearchOption.AllDirectories));
        Assert.Equal(bytes, File.ReadAllBytes(kept));
        Assert.Equal(File.ReadAllBytes(smoke.File("runs.csv")), File.ReadAllBytes(Path.Combine(table, "runs.csv")));
    }

    [Fact]
    public void Killed_in_the_middle_of_each_step_and_started_again_it_ends_in_the_same_bits()
    {
        using var folder = new ScratchFolder();
        string cache = folder.Create("cache"), results = folder.Create("results");
        string[] columns = ["Sketchy", "VGGSound"];
        string[] arguments = ["run", "Table1", "--tier=smoke", $"--columns={string.Join(',', columns)}", "--threads=1", "--progress=steps", $"--cache={cache}", $"--results={results}"];
        string[] middles =   // in the order of the run: what lies before a kill is stored and not run again
        [
            "SSL on sketchy-pairs, seed 0: step 2/", "LE of SSL on Sketchy, seed 0: step 4/", "pretrain teacher on imagenet, seed 0: step 3/",
            "distill CMKD on sketchy-pairs, seed 0: step 2/", "distill CMC on vggsound-pairs, seed 0: step 3/", "FT of CMC on VGGSound, seed 0: step 1/",
        ];
        foreach (var middle in middles)
        {
            var killed = SmokeRun.Start(arguments, line => line.StartsWith(middle, StringComparison.Ordinal));
            Assert.Equal(137, killed.ExitCode);   // 128 + SIGKILL
            Assert.StartsWith(middle, killed.Lines[^1], StringComparison.Ordinal);
        }

        Assert.Equal(0, SmokeRun.Start(arguments, _ => false).ExitCode);
        var (whole, again) = (OutputHashes(smoke.Cache), OutputHashes(cache));
        Assert.All(again, output => Assert.Equal(output.Value, whole[output.Key]));
        Assert.Equal(CellsOf(smoke.File("cells.csv")), CellsOf(Path.Combine(results, "smoke", "Table1", "cells.csv")));
        Assert.Equal(WithoutSeconds(smoke.File("runs.csv")), WithoutSeconds(Path.Combine(results, "smoke", "Table1", "runs.csv")));

        IEnumerable<CellRow> CellsOf(string file) => CellsCsv.Read(file).Where(cell => columns.Contains(cell.Column));

        // How long a run took is the one thing that a resumed one cannot repeat.
        IEnumerable<string> WithoutSeconds(string file) =>
            new RunsCsv(file).Rows.Where(row => columns.Contains(row.Column)).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row with { Seconds = 0 }}"));
    }

    private SmokeRun.Outcome Redo(string results, string cell, params string[] more) =>
        SmokeRun.Start(["redo", cell, "--tier=smoke", $"--cache={smoke.Cache}", $"--results={results}", .. more], _ => false);

    /// <summary>A copy of the results in which one right answer of a cell became wrong, and every file bears the others out.</summary>
    private string WithOneAnswerChanged(ScratchFolder folder, string row, string column)
    {
        var table = folder.Create("results/smoke/Table1");
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(smoke.File("runs.csv"))!)) File.Copy(file, Path.Combine(table, Path.GetFileName(file)));
        var results = TableResults.Read(table);
        var (run, answers) = (results.Runs.Single(run => (run.Row, run.Column) == (row, column)), results.Predictions[column]);
        var item = answers.Predicted[run.StageKey].Zip(answers.Labels).TakeWhile(pair => pair.First != pair.Second).Count();
        var changed = answers with
        {
            Predicted = answers.Predicted.ToDictionary(one => one.Key, one => one.Key == run.StageKey ? [.. one.Value.Select((answer, i) => i == item ? answer + 1 : answer)] : one.Value),
        };
        changed.Write(Path.Combine(table, PredictionTable.FileOf(column)));
        var value = changed.Top1(run.StageKey);
        CellsCsv.Write(Path.Combine(table, "cells.csv"), [.. results.Cells.Select(cell => cell.Cell == run.Cell ? cell with { Mean = value } : cell)]);
        File.Delete(Path.Combine(table, "runs.csv"));
        var runs = new RunsCsv(Path.Combine(table, "runs.csv"));
        foreach (var each in results.Runs) runs.Append(each == run ? each with { Value = value } : each);
        return folder.File("results");
    }

    /// <summary>Relative path → SHA-256 of every safetensors file of every finished stage.</summary>
    private static SortedDictionary<string, string> OutputHashes(string cache)
    {
        var files = Directory.EnumerateFiles(Path.Combine(cache, "stages"), "*.safetensors", SearchOption.AllDirectories).ToArray();
        Assert.NotEmpty(files);
        return new(
            files.ToDictionary(file => Path.GetRelativePath(cache, file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))),
            StringComparer.Ordinal);
    }
}
