using Cmcd.Repro.Commands;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Metrics;
using Cmcd.Repro.Reports;
using Cmcd.Repro.Results;
using Cmcd.Repro.Results.Bundles;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>What stands under results/mini is what was approved, bears itself out, and can be judged, reported and bundled as it is.</summary>
public sealed class CommittedResultsTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public CommittedResultsTests()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "results", "mini"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_scratch.Path, "results", Path.GetRelativePath(Path.Combine(Repository.Root, "results"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private ProjectFolders Folders => ProjectFolders.Find(null, null, _scratch.File("results"));

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void They_are_the_approved_numbers() => Assert.Equal(0, new VerifyCommand(Folders, "mini", "all").Execute());

    [Fact]
    public void Every_claim_has_a_verdict_of_this_tier_and_the_column_that_is_not_won_is_told()
    {
        var verdicts = ClaimVerdicts.Judge(ClaimsFile.Read(Folders.Experiments), TableResults.ReadTier(Folders.Results, "mini"));

        Assert.Equal(45, verdicts.Select(verdict => verdict.Claim.Split('/')[0]).Distinct().Count());
        Assert.All(verdicts, verdict => Assert.StartsWith("mini: ", verdict.Reason, StringComparison.Ordinal));
        var ahead = verdicts.Single(verdict => verdict.Claim == "H1");
        Assert.NotEqual(Verdict.REPRODUCED, ahead.Verdict);
        Assert.Contains("Sketchy: CMC+LE - CMST+LE +1.99", ahead.Reason, StringComparison.Ordinal);
        Assert.Contains("NYU-Depth V2: CMC+LE - PreSSL+LE -4.32", ahead.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Their_report_is_one_page_below_two_megabytes()
    {
        Assert.Equal(0, ReportCommand.Execute(Folders, "mini", strict: false));
        Assert.InRange(new FileInfo(_scratch.File($"results/mini/{Report.PageFile}")).Length, 100_000, 2_000_000);
    }

    [Fact]
    public void Their_committed_report_is_what_this_code_says_of_them()
    {
        var committed = Made();
        Assert.Equal(0, ReportCommand.Execute(Folders, "mini", strict: false));
        var made = Made();
        Assert.Contains(_scratch.File("results/mini/plots/GapSweep.svg"), made.Keys);
        var stale = made.Keys.Union(committed.Keys).Where(file => committed.GetValueOrDefault(file) != made.GetValueOrDefault(file)).Select(file => Path.GetRelativePath(_scratch.File("results"), file));
        Assert.True(!stale.Any(), $"In results/, {string.Join(", ", stale)} is not current. Make it again: ./build.sh --target=Report");

        Dictionary<string, string> Made() => new[] { "results/mini", "results/mini/plots" }.Select(_scratch.File).Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .ToDictionary(file => file, File.ReadAllText);
    }

    [Fact]
    public void A_gap_experiment_that_lost_its_levels_is_refused_in_one_line()
    {
        File.Delete(_scratch.File("results/mini/GapSweep/levels.csv"));
        var message = Assert.Throws<ReproException>(() => ReportCommand.Execute(Folders, "mini", strict: false)).Message;
        Assert.Contains("levels.csv is missing", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("", 0), InlineData("INCONCLUSIVE", 1)]
    public void A_bundle_holds_until_a_claim_s_verdict_is_changed(string changed, int code)
    {
        var (bundle, forged) = (_scratch.File("mini.zip"), _scratch.File("forged.zip"));
        var confusions = ConfusionTable.FileOf("rooms");
        new ConfusionTable(new Dictionary<string, IReadOnlyList<IReadOnlyList<PixelCount>>> { ["run"] = [[new(0, 0, 1)]] }).Write(_scratch.File($"results/mini/Table1/{confusions}"));
        Assert.Equal(0, BundleCommand.Execute("mini", bundle, "2026-01-31", Folders));
        var entries = Bundle.Read(bundle).Files.Where(entry => entry.Path != "bundle.json").ToArray();
        Assert.Contains(entries, entry => entry.Path == $"results/mini/Table1/{confusions}");
        var claims = Array.FindIndex(entries, entry => entry.Path == BundledClaims.File);
        if (changed.Length > 0)
            entries[claims] = new(BundledClaims.File, System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(entries[claims].Content.Span).Replace(changed, "REPRODUCED", StringComparison.Ordinal)));
        File.WriteAllBytes(forged, Bundle.Pack("mini", entries));

        Assert.Equal(code, VerifyBundleCommand.Execute(forged));
    }
}
