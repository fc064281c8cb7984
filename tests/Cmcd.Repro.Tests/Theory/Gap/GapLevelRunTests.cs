using Cmcd.Repro.Caching;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Metrics;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Theory.Gap;
using Cmcd.Repro.Theory.TotalVariation;

namespace Cmcd.Repro.Tests.Theory.Gap;

public sealed class GapLevelRunTests : IDisposable
{
    private static readonly GapExperiment Smoke = GapFiles.Load(Repository.Experiments, "GapSweep", "smoke");

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_level_run_twice_gives_the_same_bits_and_every_number()
    {
        var teachers = new[] { "one", "two" }.Select(name => _folder.Create($"teacher {name}")).ToArray();
        foreach (var folder in teachers) GapTeacher.Run(Smoke, 0, folder);
        var level = Smoke.Base with { Shift = 0.5 };
        var runs = teachers.Select((teacher, i) => (Folder: _folder.Create($"{i}"), Teacher: teacher)).Select(run => (run.Folder, Output: GapLevelRun.Run(Smoke, level, 0, run.Teacher, run.Folder))).ToArray();

        Assert.Equal(runs[0].Output.Metrics, runs[1].Output.Metrics);
        Assert.Equal(File.ReadAllBytes(Path.Combine(runs[0].Folder, runs[0].Output.Files[0])), File.ReadAllBytes(Path.Combine(runs[1].Folder, runs[1].Output.Files[0])));
        Assert.All(runs[0].Output.Metrics.Values, value => Assert.True(double.IsFinite((double)value)));
        Assert.Equal(GaussianDistance.Of(0.5), runs[0].Output.Metrics["tv.marginal"]);
        Assert.Equal(18, runs[0].Output.Metrics.Keys.Count(name => name.StartsWith("top1.", StringComparison.Ordinal)));

        var answers = _folder.Create("answers");
        var cell = GapAnswers.Run(GapMethod.CMD, "FT", runs[0].Folder, answers);
        var (predicted, labels) = GapLevelRun.ReadAnswers(runs[0].Folder, GapMethod.CMD, "FT");
        Assert.Equal(Top1.Accuracy(predicted, labels), cell.Metrics["top1"]);
        Assert.Equal(runs[0].Output.Metrics["top1.FT.CMD"], cell.Metrics["top1"]);
    }

    [Fact]
    public void Keys_know_what_moves_a_number_and_nothing_else()
    {
        var teacher = GapTeacher.Key(Smoke, 0, 1);
        StageKey Key(GapExperiment experiment) => GapLevelRun.Key(experiment, experiment.Base, 0, 1, teacher);

        Assert.Equal(Key(Smoke), Key(Smoke with { About = "another", Knobs = [Smoke.Knobs[0]], Cells = Smoke.Knobs[0].Id }));
        Assert.NotEqual(Key(Smoke), Key(Smoke with { Training = Smoke.Training with { Temperature = 0.2 } }));
        Assert.NotEqual(Key(Smoke), Key(Smoke with { Base = Smoke.Base with { Noise = 0.4 } }));
        Assert.NotEqual(teacher, GapTeacher.Key(Smoke, 0, 2));
        Assert.Equal(teacher, GapTeacher.Key(Smoke with { Training = Smoke.Training with { StudentUpdates = 7 } }, 0, 1));
    }
}
