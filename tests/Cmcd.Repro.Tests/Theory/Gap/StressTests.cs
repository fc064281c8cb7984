using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Theory.Gap;

namespace Cmcd.Repro.Tests.Theory.Gap;

public sealed class StressTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stress()
    {
        var mode = Environment.GetEnvironmentVariable("STRESS") ?? "";
        var smoke = GapFiles.Load(Repository.Experiments, "GapSweep", "smoke");
        var stop = false;
        var thread = new Thread(() => { while (!stop) { GC.Collect(); GC.WaitForPendingFinalizers(); if (mode == "slow") Thread.Sleep(5); } });
        if (mode is "gc" or "slow") thread.Start();
        SortedDictionary<string, object>? first = null;
        byte[] teacherBytes = [];
        var bad = 0;
        var keep = new List<byte[]>();
        for (var i = 0; i < 30; i++)
        {
            var t = _folder.Create($"t{i}");
            if (mode == "align") keep.Add(new byte[17 + i * 8]);
            GapTeacher.Run(smoke, 0, t);
            var bytes = File.ReadAllBytes(Path.Combine(t, "teacher.safetensors"));
            var r = new SortedDictionary<string, object>(GapLevelRun.Run(smoke, smoke.Base with { Shift = 0.5 }, 0, t, _folder.Create($"l{i}")).Metrics.ToDictionary(), StringComparer.Ordinal);
            if (first is null) { first = r; teacherBytes = bytes; continue; }
            var same = bytes.SequenceEqual(teacherBytes);
            var diff = r.Where(p => !Equals(p.Value, first[p.Key])).Select(p => $"{p.Key}: {first[p.Key]} -> {p.Value}").ToArray();
            if (!same || diff.Length > 0) { bad++; File.AppendAllText("/tmp/m/stress.txt", $"{i}: teacher same {same}; {string.Join("; ", diff)}" + "\n"); }
        }
        stop = true; if (thread.IsAlive) thread.Join();
        Assert.Equal(0, bad);
    }
}
