using Cmcd.Repro.Caching;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Caching;

public sealed class StageStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder _scratch = new();
    private readonly StageKey _key = StageKey.Of("train", 1, new { rate = 0.1, epochs = 3 }, ("data", "d1"));

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Completed_stage_is_found_again_with_everything_it_recorded()
    {
        using (var lease = Open())
        {
            Assert.False(lease.IsComplete);
            Assert.Null(lease.Record);
            Assert.Equal("new: nothing stored for this stage yet", lease.Reason);
            File.WriteAllText(Path.Combine(lease.WorkFolder, "notes"), "dropped");
            File.WriteAllText(Path.Combine(lease.WorkFolder, "b.bin"), "bb");
            File.WriteAllText(Path.Combine(lease.WorkFolder, "a.bin"), "a");
            lease.Complete(new Dictionary<string, object> { ["top1"] = 0.1 + 0.2, ["epochs"] = 3, ["frozen"] = "ok" }, ["b.bin", "a.bin"], 1.5);
            Assert.True(lease.IsComplete);
            Assert.False(Directory.Exists(lease.WorkFolder));
        }

        using var again = Open();
        Assert.True(again.IsComplete);
        Assert.Equal("cached", again.Reason);
        Assert.Equal("bb", File.ReadAllText(Path.Combine(again.OutputFolder, "b.bin")));
        Assert.Equal(["a.bin", "b.bin", "stage.json"], Names(again.OutputFolder));
        var record = again.Record;
        Assert.Equal((0.1 + 0.2, 3.0, "ok"), (record.Number("top1"), record.Number("epochs"), record.Metrics["frozen"]));
        Assert.Equal((1.5, Noon, "train", 1, _key.Hash), (record.Seconds, record.Created, record.Stage, record.Version, record.Hash));
        Assert.Equal(_key.Settings, record.Settings);
        Assert.Equal("d1", record.Inputs["data"]);
        Assert.Equal("1.2.3", record.Versions["program"]);
        // printf a | sha256sum
        Assert.Equal(new StoredFile("a.bin", 1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"), record.Outputs[0]);
    }

    [Fact]
    public void Stored_record_does_not_depend_on_culture_or_order()
    {
        Store(_key, new Dictionary<string, object> { ["b"] = 0.5, ["a"] = 2.0 }, "x");
        var plain = File.ReadAllBytes(RecordPath);
        Directory.Delete(Path.GetDirectoryName(RecordPath)!, recursive: true);
        using var comma = new CommaCulture();
        Store(_key, new Dictionary<string, object> { ["a"] = 2.0, ["b"] = 0.5 }, "x");

        Assert.Equal(plain, File.ReadAllBytes(RecordPath));
    }

    [Fact]
    public void Work_of_an_unfinished_stage_survives_and_is_said()
    {
        using (var lease = Open())
        {
            File.WriteAllText(Path.Combine(lease.WorkFolder, "resume"), "epoch 2");
        }

        using var again = Open();
        Assert.False(again.IsComplete);
        Assert.Equal("resumes at an earlier point", again.Reason);
        Assert.Equal("epoch 2", File.ReadAllText(Path.Combine(again.WorkFolder, "resume")));
    }

    [Theory]
    [InlineData("no record", "stage.json is missing")]
    [InlineData("empty record", "stage.json does not match its own SHA-256")]
    [InlineData("cut record", "stage.json does not match its own SHA-256")]
    [InlineData("flipped record", "stage.json does not match its own SHA-256")]
    [InlineData("foreign record", "stage.json belongs to key")]
    [InlineData("missing output", "out.bin is missing")]
    [InlineData("short output", "out.bin is 3 bytes, recorded 7")]
    [InlineData("flipped output", "out.bin has SHA-256")]
    [InlineData("extra file", "extra does not belong to this output")]
    [InlineData("extra folder", "extra does not belong to this output")]
    public void Damaged_output_is_quarantined_and_counts_as_missing(string damage, string fault)
    {
        Store(_key, new Dictionary<string, object> { ["top1"] = 71.25 }, "content");
        Damage(damage);

        using (var lease = Open())
        {
            Assert.False(lease.IsComplete);
            Assert.StartsWith("damaged: ", lease.Reason, StringComparison.Ordinal);
            Assert.Contains(fault, lease.Reason, StringComparison.Ordinal);
            Assert.EndsWith($"quarantined as quarantine/train-{_key.Short}-1", lease.Reason, StringComparison.Ordinal);
            Assert.False(Directory.Exists(lease.OutputFolder));
        }

        var quarantined = _scratch.File($"quarantine/train-{_key.Short}-1");
        Assert.Contains(fault, File.ReadAllText(Path.Combine(quarantined, "reason.txt")), StringComparison.Ordinal);
        Store(_key, new Dictionary<string, object>(), "content");   // rebuilt
        Damage("extra file");
        using var second = Open();
        Assert.EndsWith($"train-{_key.Short}-2", second.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Killed_before_the_final_rename_the_stage_is_made_again_from_its_work()
    {
        Store(_key, new Dictionary<string, object>(), "content");
        var output = Path.GetDirectoryName(RecordPath)!;
        Directory.Move(output, output + ".new");
        Directory.CreateDirectory(output + ".work");
        File.WriteAllText(output + ".work/resume", "");

        using var lease = Open();
        Assert.False(lease.IsComplete);
        Assert.Equal("resumes at an earlier point", lease.Reason);
        Assert.False(Directory.Exists(output + ".new"));
    }

    [Fact]
    public void Killed_after_the_final_rename_the_stage_is_complete_and_its_work_is_swept()
    {
        Store(_key, new Dictionary<string, object>(), "content");
        var work = Path.GetDirectoryName(RecordPath) + ".work";
        Directory.CreateDirectory(work);
        File.WriteAllText(Path.Combine(work, "resume"), "");

        using var lease = Open();
        Assert.True(lease.IsComplete);
        Assert.False(Directory.Exists(work));
    }

    [Fact]
    public void Reason_lists_what_differs_from_the_nearest_stored_stage()
    {
        Store(StageKey.Of("train", 1, new { rate = 0.5, epochs = 9, name = "x" }, ("data", "d9")), new Dictionary<string, object>(), "x");
        Store(StageKey.Of("train", 1, new { rate = 0.1, epochs = 3 }, ("data", "d0")), new Dictionary<string, object>(), "x");
        Store(StageKey.Of("other", 1, new { rate = 0.1, epochs = 3 }, ("data", "d1")), new Dictionary<string, object>(), "x");

        Assert.Equal("changed: input data was d0, is d1", Reason(_key));
        Assert.Equal("changed: epochs was 3, is 4; input data was d0, is absent; rate was 0.1, is 0.2; and 1 more",
            Reason(StageKey.Of("train", 2, new { rate = 0.2, epochs = 4 })));
        Assert.Equal("changed: input data was d9, is absent; name was \"x\", is \"y\"",
            Reason(StageKey.Of("train", 1, new { rate = 0.5, epochs = 9, name = "y" })));
    }

    [Fact]
    public void Damaged_neighbour_does_not_stop_the_explanation()
    {
        Store(_key, new Dictionary<string, object>(), "x");
        File.WriteAllText(RecordPath, "{");

        Assert.Equal("new: nothing stored for this stage yet", Reason(StageKey.Of("train", 2, new { })));
    }

    [Fact]
    public async Task Second_opener_of_a_key_waits_until_the_first_lets_go_and_then_finds_its_output()
    {
        using var waits = new ManualResetEventSlim();
        var first = Open();
        var second = Task.Run(() =>
        {
            using var lease = NewStore().Open(_key, waits.Set, CancellationToken.None);
            return lease.Reason;
        });
        Assert.True(waits.Wait(TimeSpan.FromSeconds(30)));   // it said that it waits
        Assert.False(second.IsCompleted);
        File.WriteAllText(Path.Combine(first.WorkFolder, "out.bin"), "x");
        first.Complete(new Dictionary<string, object>(), ["out.bin"], 1);
        first.Dispose();

        Assert.Equal("cached", await second);
    }

    [Fact]
    public void Waiting_can_be_cancelled_and_another_key_does_not_wait()
    {
        using var held = Open();
        using var cancel = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => NewStore().Open(_key, cancel.Cancel, cancel.Token));
        using var other = NewStore().Open(StageKey.Of("train", 2, new { }), () => Assert.Fail("waited"), CancellationToken.None);
    }

    [Fact]
    public void Folder_that_cannot_be_used_is_said_with_the_way_out()
    {
        var blocked = _scratch.File("file");
        File.WriteAllText(blocked, "not a folder");

        var fault = Assert.Throws<ReproException>(() => new StageStore(Path.Combine(blocked, "cache"), TimeProvider.System).Open(_key));

        Assert.Contains(blocked, fault.Message, StringComparison.Ordinal);
        Assert.Contains("--cache=DIR", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Full_disk_on_completing_loses_nothing_and_completing_can_be_repeated()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;   // /dev/full exists only there
        }

        using var lease = Open();
        File.WriteAllText(Path.Combine(lease.WorkFolder, "out.bin"), "x");
        var staging = lease.OutputFolder + ".new";
        Directory.CreateDirectory(staging);
        File.CreateSymbolicLink(Path.Combine(staging, "stage.json.tmp"), "/dev/full");

        var fault = Assert.Throws<ReproException>(() => lease.Complete(new Dictionary<string, object>(), ["out.bin"], 1));

        Assert.Contains("No space left", fault.Message, StringComparison.Ordinal);
        Assert.False(lease.IsComplete);
        Assert.True(File.Exists(Path.Combine(lease.WorkFolder, "out.bin")));
        Directory.Delete(staging, recursive: true);
        lease.Complete(new Dictionary<string, object>(), ["out.bin"], 1);
        Assert.True(lease.IsComplete);
    }

    [Fact]
    public void Blocked_final_rename_puts_the_outputs_back_into_the_work_folder()
    {
        using var lease = Open();
        File.WriteAllText(Path.Combine(lease.WorkFolder, "out.bin"), "x");
        File.WriteAllText(lease.OutputFolder, "in the way");

        Assert.Throws<ReproException>(() => lease.Complete(new Dictionary<string, object>(), ["out.bin"], 1));

        Assert.Equal("x", File.ReadAllText(Path.Combine(lease.WorkFolder, "out.bin")));
    }

    [Fact]
    public void Wrong_outputs_and_metrics_are_refused_by_name()
    {
        using var lease = Open();
        File.WriteAllText(Path.Combine(lease.WorkFolder, "out.bin"), "x");

        Assert.Contains("gone.bin", Fault([], ["gone.bin"]), StringComparison.Ordinal);
        Assert.Contains("a/b", Fault([], ["a/b"]), StringComparison.Ordinal);
        Assert.Contains("stage.json", Fault([], ["stage.json"]), StringComparison.Ordinal);
        Assert.Contains("top1 is NaN", Fault(new() { ["top1"] = double.NaN }, ["out.bin"]), StringComparison.Ordinal);
        Assert.Contains("flag is True", Fault(new() { ["flag"] = true }, ["out.bin"]), StringComparison.Ordinal);
        lease.Complete(new Dictionary<string, object>(), ["out.bin"], 1);
        Assert.Throws<InvalidOperationException>(() => lease.Complete(new Dictionary<string, object>(), ["out.bin"], 1));

        string Fault(Dictionary<string, object> metrics, string[] outputs) =>
            Assert.Throws<ArgumentException>(() => lease.Complete(metrics, outputs, 1)).Message;
    }

    private string RecordPath => _scratch.File($"train/{_key.Hash}/stage.json");

    private StageStore NewStore() => new(_scratch.Path, new FixedClock(), new Dictionary<string, string> { ["program"] = "1.2.3" });

    private StageLease Open() => NewStore().Open(_key);

    private string Reason(StageKey key)
    {
        using var lease = NewStore().Open(key);
        return lease.Reason;
    }

    private void Store(StageKey key, Dictionary<string, object> metrics, string content)
    {
        using var lease = NewStore().Open(key);
        File.WriteAllText(Path.Combine(lease.WorkFolder, "out.bin"), content);
        lease.Complete(metrics, ["out.bin"], 1);
    }

    private void Damage(string kind)
    {
        var output = Path.Combine(Path.GetDirectoryName(RecordPath)!, "out.bin");
        var extra = Path.Combine(Path.GetDirectoryName(RecordPath)!, "extra");
        switch (kind)
        {
            case "no record": File.Delete(RecordPath); break;
            case "empty record": File.WriteAllText(RecordPath, ""); break;
            case "cut record": File.WriteAllText(RecordPath, File.ReadAllText(RecordPath)[..^20]); break;
            case "flipped record": File.WriteAllText(RecordPath, File.ReadAllText(RecordPath).Replace("71.25", "75.25", StringComparison.Ordinal)); break;
            case "foreign record":
                var foreign = StageKey.Of("train", 7, new { });
                Store(foreign, [], "content");
                File.Copy(_scratch.File($"train/{foreign.Hash}/stage.json"), RecordPath, overwrite: true);
                break;
            case "missing output": File.Delete(output); break;
            case "short output": File.WriteAllText(output, "con"); break;
            case "flipped output": File.WriteAllText(output, "cOntent"); break;
            case "extra file": File.WriteAllText(extra, ""); break;
            case "extra folder": Directory.CreateDirectory(extra); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    private static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order()];

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Noon;
    }
}
