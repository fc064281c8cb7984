using Cmcd.Repro.Caching;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Pipeline.Planning;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Pipeline.Planning;

public sealed class ExperimentWorkTests : IDisposable
{
    private static readonly Stage Teacher = Planned.Stage("pretrain teacher", new { });
    private static readonly Stage Cmc = Planned.Stage("distill CMC", new { loss = "cmc" }, Teacher), Cmd = Planned.Stage("distill CMD", new { loss = "cmd" }, Teacher);
    private static readonly Stage OfCmc = Planned.Stage("LE of CMC", new { }, Cmc), OfCmd = Planned.Stage("LE of CMD", new { }, Cmd);
    private static readonly Stage Fine = Planned.Stage("FT of CMC", new { }, Cmc), FineCmd = Planned.Stage("FT of CMD", new { }, Cmd);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shared_stages_count_once_and_naive_runs_count_them_each_time()
    {
        var work = new ExperimentWork("T", [[OfCmc], [OfCmd], [OfCmc, OfCmd]], []);

        Assert.Equal(["pretrain teacher", "distill CMC", "LE of CMC", "distill CMD", "LE of CMD"], work.Stages.Select(stage => stage.Title));
        Assert.Equal(3 + 3 + 5, work.Naive);   // the difference reads the teacher once
    }

    [Fact]
    public void Next_is_always_the_experiment_with_the_fewest_stages_left()
    {
        var large = new ExperimentWork("A", [[OfCmc], [OfCmd], [Fine], [FineCmd]], []);   // 7 stages
        var small = new ExperimentWork("C", [[OfCmc]], []);                    // 3
        var between = new ExperimentWork("D", [[OfCmc], [Fine]], []);          // 4, one more than C
        var other = new ExperimentWork("B", [[OfCmd]], []);                    // 3, two more than C; before C by name

        Assert.Equal(["B", "C", "D", "A"], ExperimentWork.InOrder([large, between, small, other]).Select(work => work.Id));
    }

    [Fact]
    public void A_plan_says_what_is_stored_who_makes_the_rest_and_why_and_leaves_the_store_as_it_was()
    {
        var store = new StageStore(_folder.File("stages"), TimeProvider.System);
        Planned.Store(store, Teacher.Key, 1);
        Planned.Store(store, Planned.Stage("distill CMC", new { loss = "cmkd" }, Teacher).Key, 1);
        var before = Files();

        var plan = new WorkPlan([new("First", [[OfCmc]], []), new("Second", [[OfCmc], [OfCmd]], ["no data"])], store);

        Assert.Equal(before, Files());
        Assert.Equal((5, 3 + 6), (plan.Stages.Count, plan.Naive));
        Assert.Equal(
            [("pretrain teacher", "First", true, "cached"), ("distill CMC", "First", false, "changed: loss was \"cmkd\", is \"cmc\""), ("LE of CMC", "First", false, "new: nothing stored for this stage yet"),
                ("distill CMD", "Second", false, "changed: loss was \"cmkd\", is \"cmd\""), ("LE of CMD", "Second", false, "new: nothing stored for this stage yet")],
            plan.Stages.Select(stage => (stage.Stage.Title, stage.FirstOf, stage.IsStored, stage.Reason)));
        Assert.Equal(4, plan.Left.Count());
    }

    [Fact]
    public void Damaged_and_interrupted_stages_are_told_from_new_ones_and_left_alone()
    {
        var store = new StageStore(_folder.File("stages"), TimeProvider.System);
        Planned.Store(store, Teacher.Key, 1);
        var output = Directory.EnumerateFiles(_folder.Path, "out.txt", SearchOption.AllDirectories).Single();
        File.WriteAllText(output, "made oh");
        using (var lease = store.Open(Cmc.Key)) File.WriteAllText(Path.Combine(lease.WorkFolder, "half"), "");
        var before = Files();

        Assert.StartsWith("damaged: out.txt has SHA-256", store.Look(Teacher.Key).Reason, StringComparison.Ordinal);
        Assert.Equal("resumes at an earlier point", store.Look(Cmc.Key).Reason);
        Assert.Equal(before, Files());
    }

    private string[] Files() => [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
