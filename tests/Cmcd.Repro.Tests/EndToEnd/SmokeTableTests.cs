using System.Globalization;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.EndToEnd;

public sealed class SmokeTableTests(SmokeRun smoke) : IClassFixture<SmokeRun>
{
    /// <summary>
    /// The same build on the same kind of processor gives the same bits, so there every cell is equal. Other kernels round differently, and a training of a
    /// few updates magnifies that: run with 2 threads, and with bf16 convolutions, the 30 cells moved by at most 10.25 points each, their mean by at most
    /// 1.6. These are the tolerances, rounded up; a step that breaks moves the mean.
    /// </summary>
    private const double CellTolerance = 12;

    /// <inheritdoc cref="CellTolerance"/>
    private const double MeanTolerance = 2;

    private static readonly string Approved = Path.Combine(Repository.Root, "tests", "Cmcd.Repro.Tests", "Regression", "smoke.Table1.approved.csv");

    [Fact]
    public void The_run_ends_well_and_says_that_its_numbers_stand_in()
    {
        Assert.Equal("", smoke.First.Error);
        Assert.Equal(0, smoke.First.ExitCode);
        Assert.Contains(smoke.First.Lines, line => line.Contains("not the paper's numbers", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_cell_has_its_row_and_stays_within_the_tolerance_of_the_approved_value()
    {
        var approved = CellsCsv.Read(Approved);
        var received = CellsCsv.Read(smoke.File("cells.csv"));

        Assert.Equal(60, received.Count);
        Assert.Equal(approved.Select(cell => (cell.Row, cell.Column, cell.Verdict, cell.Unit)), received.Select(cell => (cell.Row, cell.Column, cell.Verdict, cell.Unit)));
        var shifts = approved.Zip(received).Where(pair => pair.First.Mean is not null || pair.Second.Mean is not null)
            .Select(pair => (Cell: pair.First, Shift: pair.Second.Mean - pair.First.Mean)).ToArray();
        Assert.Equal(30, shifts.Length);
        Assert.Empty(shifts.Where(shift => shift.Shift is not { } points || Math.Abs(points) > CellTolerance)
            .Select(shift => $"{shift.Cell.Row} on {shift.Cell.Column}: approved {shift.Cell.Mean}, moved by {shift.Shift} points, tolerance {CellTolerance}"));
        Assert.InRange(shifts.Average(shift => shift.Shift!.Value), -MeanTolerance, MeanTolerance);
    }

    [Fact]
    public void Image_sketch_columns_are_measured_and_the_others_say_why_not()
    {
        var cells = CellsCsv.Read(smoke.File("cells.csv"));
        Assert.All(cells.Where(cell => cell.Column is "Sketchy" or "TUBerlin"), cell => Assert.Equal((Verdict.NOT_TESTED, true), (cell.Verdict, cell.Mean.HasValue)));
        Assert.All(cells.Where(cell => cell.Column is "VGGSound" or "NYU-Depth V2"), cell => Assert.Equal((Verdict.UNAVAILABLE, false), (cell.Verdict, cell.Mean.HasValue)));
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
        string[] arguments = ["run", "Table1", "--tier=smoke", "--threads=1", "--progress=steps", $"--cache={cache}", $"--results={results}"];
        string[] middles =   // in the order of the run: what lies before a kill is stored and not run again
        [
            "SSL on sketchy-pairs, seed 0: step 2/", "LE of SSL on Sketchy, seed 0: step 4/", "pretrain teacher on imagenet, seed 0: step 3/",
            "distill CMKD on sketchy-pairs, seed 0: step 2/", "distill CMC on sketchy-pairs, seed 0: step 3/", "FT of CMC on TUBerlin, seed 0: step 1/",
        ];
        foreach (var middle in middles)
        {
            var killed = SmokeRun.Start(arguments, line => line.StartsWith(middle, StringComparison.Ordinal));
            Assert.Equal(137, killed.ExitCode);   // 128 + SIGKILL
            Assert.StartsWith(middle, killed.Lines[^1], StringComparison.Ordinal);
        }

        Assert.Equal(0, SmokeRun.Start(arguments, _ => false).ExitCode);
        Assert.Equal(OutputHashes(smoke.Cache), OutputHashes(cache));
        Assert.Equal(File.ReadAllBytes(smoke.File("cells.csv")), File.ReadAllBytes(Path.Combine(results, "smoke", "Table1", "cells.csv")));
        Assert.Equal(WithoutSeconds(smoke.File("runs.csv")), WithoutSeconds(Path.Combine(results, "smoke", "Table1", "runs.csv")));
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

    /// <summary>runs.csv says how long each run took, the one thing that a resumed run cannot repeat.</summary>
    private static IEnumerable<string> WithoutSeconds(string file) => new RunsCsv(file).Rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row with { Seconds = 0 }}"));
}
