using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>The gap experiment in the smoke tier as a process of its own: its files hold together, and a second run measures nothing.</summary>
public sealed class GapSweepTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_whole_judged_and_the_same_again_from_the_cache()
    {
        string cache = _folder.Create("cache"), results = _folder.Create("results"), folder = Path.Combine(results, "smoke", "GapSweep");
        string[] arguments = ["run", "GapSweep", "--tier=smoke", "--threads=1", $"--cache={cache}", $"--results={results}"];
        var first = SmokeRun.Start(arguments, _ => false);
        Assert.Equal(("", 0), (first.Error, first.ExitCode));

        var table = TableResults.Read(folder);
        Assert.Equal((48, 48), (table.Cells.Count, table.Runs.Count));   // six rows, eight levels, one seed
        Assert.All(table.Cells, cell => Assert.Equal(Verdict.NOT_TESTED, cell.Verdict));
        Assert.Empty(SentinelAudit.Of(table));
        Assert.Contains(first.Lines, line => line.StartsWith("mismatch (the theory predicts a rise)", StringComparison.Ordinal));

        string[] names = ["cells.csv", "levels.csv", "runs.csv", "summary.csv"];
        var bytes = names.Select(name => File.ReadAllBytes(Path.Combine(folder, name))).ToArray();
        var runs = Path.Combine(folder, "runs.csv");
        var more = File.ReadAllText(runs) + File.ReadLines(runs).Last().Replace(",FT,0,", ",FT,1,", StringComparison.Ordinal) + "\n";
        File.WriteAllText(runs, more);                                    // as if two seeds had been measured before
        var second = SmokeRun.Start(arguments, _ => false);
        Assert.Equal(more, File.ReadAllText(Assert.Single(Directory.EnumerateFiles(Path.Combine(cache, "replaced"), "runs.csv", SearchOption.AllDirectories))));
        Assert.All(second.Lines.Where(line => line.StartsWith('[')), line => Assert.Contains(": cached", line, StringComparison.Ordinal));
        Assert.Equal(bytes, names.Select(name => File.ReadAllBytes(Path.Combine(folder, name))));
    }

    [Theory]
    [InlineData("--device=cuda", "--device=cuda: the gap experiment's networks are too small for a GPU; it runs on --device=cpu.")]
    [InlineData("--init=random", "--init, --precision and --split say how images are learnt from; the gap experiment has none. Leave them out.")]
    [InlineData("--seeds=50", "--seeds is 50, but experiments/GapSweep.json lists 20 seeds. Ask for fewer, or add seeds there.")]
    public void Options_without_a_meaning_here_are_refused(string option, string expected)
    {
        var outcome = SmokeRun.Start(["run", "GapSweep", "--tier=smoke", option, $"--cache={_folder.Create("cache")}", $"--results={_folder.Create("results")}"], _ => false);
        Assert.Equal((3, expected), (outcome.ExitCode, outcome.Error.Trim()));
    }
}
