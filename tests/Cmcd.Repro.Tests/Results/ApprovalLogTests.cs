using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Results;

public sealed class ApprovalLogTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public ApprovalLogTests()
    {
        foreach (var (tier, hash) in new[] { ("smoke", "h1"), ("mini", "h2"), ("smoke", "h3") })
            ApprovalLog.Append(Log, new("2026-01-01T00:00:00Z", "someone", "because", tier, "Table1", "", hash, ["a"], [], [], 0, 0.25, [], ""));
    }

    private string Log => _scratch.File("approvals.log");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_whole_chain_knows_the_last_signed_hash_of_each_table()
    {
        var log = ApprovalLog.Read(Log);
        Assert.Null(log.Fault);
        Assert.Equal(("h3", "h2", null), (log.SignedHash("smoke", "Table1"), log.SignedHash("mini", "Table1"), log.SignedHash("mini", "Table2")));
        Assert.Equal((new string('0', 64), 0.25), (log.Approvals[0].Previous, log.Approvals[0].LargestShift));
        Assert.Empty(ApprovalLog.Read(_scratch.File("none")).Approvals);
    }

    [Theory]
    [InlineData(0), InlineData(1)]
    public void A_removed_line_breaks_the_chain_at_the_next(int removed)
    {
        var lines = File.ReadAllLines(Log).ToList();
        lines.RemoveAt(removed);
        File.WriteAllText(Log, string.Join('\n', lines) + "\n");
        Assert.Contains($"approvals.log:{removed + 1}: the line before was changed or removed", ApprovalLog.Read(Log).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("because", "why not", ":2: the line before was changed")]
    [InlineData("\"by\"", "\"who\"", ":1: not a line of this log")]
    [InlineData("{\"time\"", "\n{\"time\"", ":1: an empty line")]
    public void A_changed_first_line_is_seen(string found, string instead, string message)
    {
        var text = File.ReadAllText(Log);
        var at = text.IndexOf(found, StringComparison.Ordinal);
        File.WriteAllText(Log, text[..at] + instead + text[(at + found.Length)..]);
        Assert.Contains(message, ApprovalLog.Read(Log).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_or_broken_log_is_not_appended_to()
    {
        File.WriteAllText(Log, File.ReadAllText(Log)[..^9]);
        var approval = ApprovalLog.Read(Log);
        Assert.Contains("the file was cut", approval.Fault, StringComparison.Ordinal);
        Assert.Contains("Restore the log", Assert.Throws<ReproException>(() => ApprovalLog.Append(
            Log, new("t", "b", "r", "mini", "Table1", "", "h", [], [], [], 0, null, [], ""))).Message, StringComparison.Ordinal);
    }
}
