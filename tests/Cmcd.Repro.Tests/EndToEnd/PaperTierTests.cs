using Cmcd.Repro.Commands;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Mutations;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>Tier paper without data, and on a small mirror of all its sources.</summary>
public class PaperTierTests
{
    private static readonly string[] Tables = ["Table1", "Table2", "Table3", "Table4", "Table5", "Figure1", "ReferenceLevels"];

    [Fact]
    public void Without_data_every_cell_says_so_and_everything_missing_is_told_at_once()
    {
        using var folder = new ScratchFolder();
        var outcome = SmokeRun.Start(["run", "Table1", "--tier=paper", $"--cache={folder.Create("cache")}", $"--results={folder.Create("results")}"], _ => false);

        Assert.Equal(4, outcome.ExitCode);
        var cells = CellsCsv.Read(Path.Combine(folder.Path, "results", "paper", "Table1", "cells.csv"));
        Assert.Equal(60, cells.Count);
        Assert.All(cells, cell => Assert.Equal((Verdict.UNAVAILABLE, true), (cell.Verdict, cell.Reason.Contains("./build.sh --target=Datasets --name=", StringComparison.Ordinal))));
        Assert.Empty(BundledVerdicts.Faults(new ExperimentFiles(Repository.Experiments).Load("Table1", "paper"), TableResults.Read(Path.Combine(folder.Path, "results", "paper", "Table1"))));   // the manifest says what was lacking
        Assert.Contains("60 of 60 runs cannot be made", outcome.Error, StringComparison.Ordinal);
        foreach (var source in (string[])["sketchy: 2 of 3 files", "tu-berlin: 1 of 2 files", "nyu-depth-v2: 4 of 5 files", "vggsound: 3 of 23 files", "simclr-1x: 2 of 2 files"])
            Assert.Contains(source, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_without_data_counts_downloads_disk_and_hours_and_starts_nothing()
    {
        using var folder = new ScratchFolder();
        var outcome = SmokeRun.Start(["plan", "--tier=paper", $"--cache={folder.Create("cache")}"], _ => false);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains(outcome.Lines, line => line.StartsWith("  nyu-depth-v2: missing; 4 files, 2.97 GB", StringComparison.Ordinal));
        Assert.Contains("    on request, not counted: 20 files, 330.0 GB. About 16.5 GB of clips, one of 20 archives.", outcome.Lines);
        Assert.Contains(outcome.Lines, line => line.StartsWith("Left to download: about ", StringComparison.Ordinal));
        Assert.Contains(outcome.Lines, line => line.StartsWith("Table1: 60 runs from ", StringComparison.Ordinal));
        Assert.Contains(outcome.Lines, line => line.StartsWith("GPU: about ", StringComparison.Ordinal) && line.Contains("stated, not measured", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "cache")));
    }

    [FfmpegFact]
    public void Every_table_and_figure_runs_on_a_mirror_of_the_sources_from_archive_to_verdict()
    {
        using var mirror = new PaperMirror();
        Assert.Equal(ExitCodes.Success, ApprovedCheckout.Captured(mirror.Fetch).ExitCode);

        var session = new RunSession(mirror.Folders);
        foreach (var table in Tables)
        {
            var (code, text) = ApprovedCheckout.Captured(() => new RunCommand(mirror.Options(table), session, default).Execute());
            Assert.True(code == ExitCodes.Success, text);
        }

        var results = Tables.ToDictionary(table => table, table => TableResults.Read(Path.Combine(mirror.Folders.Results, "paper", table)));
        Assert.Equal(118, results.Where(table => table.Key.StartsWith("Table", StringComparison.Ordinal)).Sum(table => table.Value.Cells.Count));
        Assert.Equal(112, results["Figure1"].Cells.Count);
        Assert.All(results.Values.SelectMany(table => table.Cells), cell => Assert.True(cell.Mean is not null, $"{cell.Cell}: {cell.Verdict}, {cell.Reason}"));
        foreach (var (table, found) in results)
        {
            Assert.Empty(SentinelAudit.Of(found));
            Assert.Empty(BundledVerdicts.Faults(new ExperimentFiles(mirror.Folders.Experiments).Load(table, "paper"), found));
        }

        // A mirror's number is not the paper's, and says so: its test set has another size.
        Assert.All(results["Table1"].Cells, cell => Assert.Equal((Verdict.NOT_TESTED, true), (cell.Verdict, cell.Reason.StartsWith("measured on ", StringComparison.Ordinal))));
        Assert.All(results["Table1"].Cells.Where(cell => cell.Column == "VGGSound"), cell => Assert.Contains("of 10,000 clips of vggsound/test, the others are missing or broken", cell.Reason, StringComparison.Ordinal));
        Assert.All(results["Table1"].Cells, cell => Assert.Equal(cell.Row != "Sup+FT" && cell.Column == "VGGSound", cell.Reason.Contains("of 4,625 clips of vggsound/pairs", StringComparison.Ordinal)));
        var imports = results["Table3"].Manifest.Stages.Where(stage => stage.Kind == "import").ToArray();
        Assert.Equal(PaperMirror.Widths.Select(source => $"import teacher {source.Name}"), imports.Select(stage => stage.Stage).Order(StringComparer.Ordinal));
        Assert.All(imports, stage => Assert.Contains("accuracy not checked", stage.Sentinels["sentinel.teacher-gate"], StringComparison.Ordinal));
        Assert.Equal(["nyu-depth-v2", "simclr-1x", "sketchy", "tu-berlin", "vggsound"], results["Table1"].Manifest.Sources!.Select(source => source.Name).Order(StringComparer.Ordinal));
        Assert.All(results["Table1"].Manifest.Sources!, source => Assert.NotEmpty(source.Licence));

        var again = new RunSession(mirror.Folders);
        Assert.Equal(ExitCodes.Success, ApprovedCheckout.Captured(() => new RunCommand(mirror.Options("Table1"), again, default).Execute()).ExitCode);
        Assert.All(again.Outputs, output => Assert.True(output.Cached, output.Stage.Title));
    }
}
