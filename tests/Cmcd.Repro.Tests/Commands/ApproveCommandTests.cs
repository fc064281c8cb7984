using Cmcd.Repro.Commands;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Mutations;

namespace Cmcd.Repro.Tests.Commands;

public sealed class ApproveCommandTests : IDisposable
{
    private readonly ApprovedCheckout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData(""), InlineData("  \t")]
    public void Without_a_reason_nothing_is_approved(string reason)
    {
        var before = File.ReadAllBytes(_checkout.Approved);
        _checkout.Measure([("SSL+LE", "Sketchy", [1, 2, 3])]);

        var (code, text) = _checkout.Approve(reason);
        Assert.Equal((3, "--reason is empty. Say why the approved numbers change; the log keeps it."), (code, text));
        Assert.Equal(before, File.ReadAllBytes(_checkout.Approved));
    }

    [Fact]
    public void The_log_says_who_when_why_and_what_changed_chained_to_the_line_before()
    {
        var before = ApprovedCsv.HashOfFile(_checkout.Approved);
        _checkout.Measure([("SSL+LE", "Sketchy", [50, 51, 54]), .. ApprovedCheckout.Cells[2..], ("New+LE", "Sketchy", [1, 2, 3])]);
        Assert.Equal(1, _checkout.Verify().ExitCode);
        Assert.True(File.Exists(_checkout.Received));

        var (code, text) = _checkout.Approve("the seed was wrong");
        Assert.Equal(0, code);
        Assert.Contains("1 cells moved (largest shift 0.50), 1 added, 1 removed, 0 tolerances wider", text, StringComparison.Ordinal);
        Assert.False(File.Exists(_checkout.Received));
        var line = ApprovalLog.Read(_checkout.Log).Approvals[1];
        Assert.Equal(("a tester", "the seed was wrong", "mini", "Table1", before), (line.By, line.Reason, line.Tier, line.Table, line.OldHash));
        Assert.Equal(ApprovedCsv.HashOfFile(_checkout.Approved), line.NewHash);
        Assert.Equal(["Table1/SSL+LE/Sketchy/LE"], line.Moved);
        Assert.Equal(["Table1/New+LE/Sketchy/LE"], line.Added);
        Assert.Equal(["Table1/SSL+LE/TUBerlin/LE"], line.Removed);
        Assert.Equal(0.5, line.LargestShift!.Value, 9);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", line.Time);
        Assert.Equal(0, _checkout.Verify().ExitCode);
    }

    [Fact]
    public void Numbers_that_are_approved_already_leave_file_and_log_alone()
    {
        var (file, log) = (File.ReadAllBytes(_checkout.Approved), File.ReadAllBytes(_checkout.Log));
        Assert.Contains("nothing was changed or logged", _checkout.Approve().Text, StringComparison.Ordinal);
        Assert.Equal(file, File.ReadAllBytes(_checkout.Approved));
        Assert.Equal(log, File.ReadAllBytes(_checkout.Log));
    }

    [Fact]
    public void A_file_edited_by_hand_is_not_built_upon()
    {
        _checkout.Edit(_checkout.Approved, "50 51 52.5", "50 51 52");
        var (code, text) = _checkout.Approve();
        Assert.Equal(3, code);
        Assert.Contains("was edited by hand", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_without_their_sentinels_are_not_approved()
    {
        _checkout.EditStages("evaluate", stage => ApprovedCheckout.With(stage, "selection", null));
        var (code, text) = _checkout.Approve();
        Assert.Equal(1, code);
        Assert.Contains("sentinel selection is missing", text, StringComparison.Ordinal);
        Assert.Contains("not approved", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_another_stage_version_than_the_codes_are_not_approved()
    {
        _checkout.EditStages("pretrain", stage => stage with { Version = 7 });
        var (code, text) = _checkout.Approve();
        Assert.Equal(1, code);
        Assert.Contains("STALE: the code has pretrain:1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variance_run_is_named_in_file_and_log()
    {
        _checkout.Measure([.. ApprovedCheckout.Cells.Select(cell => (cell.Row, cell.Column, Array.ConvertAll(cell.Values, value => value + 9)))], "variance");
        _checkout.EditManifest(ResultMutations.OtherProcessor, "variance");
        var narrow = ApprovedCsv.Read(_checkout.Approved)[0].Tolerance;

        Assert.Equal(0, _checkout.Approve("kernels differ", "variance").ExitCode);
        var cell = ApprovedCsv.Read(_checkout.Approved)[0];
        Assert.True(cell.Tolerance > narrow);
        Assert.StartsWith("variance run on [cpu, 1 thread, Fp32, Another processor]: ", cell.Origin, StringComparison.Ordinal);
        var line = ApprovalLog.Read(_checkout.Log).Approvals[^1];
        Assert.Equal(["cpu, 1 thread, Fp32, Another processor"], line.Variance);
        Assert.True(line.Widened > 0);
    }

    /// <summary>Every approved file of this checkout reads, and stands as the log signed it.</summary>
    [Theory]
    [InlineData("smoke", 8), InlineData("mini", 8)]
    public void The_committed_approved_numbers_are_signed(string tier, int tables)
    {
        var files = new ApprovedFiles(ProjectFolders.Find(null, null, _checkout.Table), tier);   // no results there: what is approved alone
        Assert.Equal(tables, files.Tables("all").Count);
        Assert.All(files.Tables("all"), table => Assert.Null(files.Unsigned(table)));
        Assert.Equal(61, ApprovedCsv.Read(files.Of("Table1")).Count);
    }

    [Fact]
    public void Verify_and_approve_without_anything_say_so_and_end_with_4()
    {
        Assert.Equal(4, _checkout.Verify("Table9").ExitCode);
        Directory.Delete(_checkout.Table, recursive: true);
        Assert.Equal(4, _checkout.Verify("all").ExitCode);
        Assert.Equal(4, _checkout.Approve().ExitCode);
    }
}
