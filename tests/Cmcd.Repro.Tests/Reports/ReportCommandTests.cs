using Cmcd.Repro.Commands;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Reports;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Results;

namespace Cmcd.Repro.Tests.Reports;

public class ReportCommandTests
{
    [Theory]
    [InlineData(0, Verdict.REPRODUCED, Verdict.NOT_TESTED, Verdict.UNAVAILABLE)]
    [InlineData(1, Verdict.REPRODUCED, Verdict.INCONCLUSIVE, Verdict.CONTRADICTED)]
    [InlineData(2, Verdict.REPRODUCED, Verdict.INCONCLUSIVE)]
    [InlineData(2, Verdict.REPRODUCED, Verdict.STALE)]
    [InlineData(4, Verdict.NOT_TESTED, Verdict.UNAVAILABLE)]
    public void Strict_lets_the_worst_verdict_decide(int code, params Verdict[] verdicts) => Assert.Equal(code, ReportCommand.Strict(verdicts));

    [Fact]
    public void A_report_that_was_made_is_a_success_whatever_it_says()
    {
        using var folder = new ScratchFolder();
        SampleReport.WriteResults(folder.Path, new ExperimentFiles(ExperimentFolder.Committed).Load("Table1", "mini"), seeds: 2);
        var folders = ProjectFolders.Find(null, null, folder.Path);

        Assert.Equal(0, ReportCommand.Execute(folders, "mini", strict: false));
        Assert.True(File.Exists(folder.File($"mini/{Report.PageFile}")) && File.Exists(folder.File($"mini/{Report.FactsFile}")));
        Assert.Equal(2, ReportCommand.Execute(folders, "mini", strict: true));   // cells are NOT_TESTED, claims on two seeds open
    }

    [Fact]
    public void A_tier_without_results_is_refused_with_the_way_to_get_them()
    {
        using var folder = new ScratchFolder();
        var fault = Assert.Throws<ReproException>(() => ReportCommand.Execute(ProjectFolders.Find(null, null, folder.Path), "mini", strict: false));
        Assert.Contains("--target=Table1 --tier=mini", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_lost_rows_leaves_no_report()
    {
        using var folder = new ScratchFolder();
        ResultFolder.Write(folder.Path, ("CMC+LE", "Sketchy", [60, 61]));
        Assert.Throws<ReproException>(() => ReportCommand.Execute(ProjectFolders.Find(null, null, folder.Path), "mini", strict: false));
        Assert.False(File.Exists(folder.File($"mini/{Report.PageFile}")));
    }
}
