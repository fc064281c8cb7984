using Cmcd.Repro.Caching;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;
using TorchSharp;

namespace Cmcd.Repro.Tests.Pipeline;

public sealed class StageRunnerTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Notebook _notebook = new();
    private int _ran;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_stage_runs_once_a_process_and_is_cached_for_the_next()
    {
        var runner = Runner();
        runner.Obtain(Working("a", 1));
        runner.Obtain(Working("a", 1));
        Assert.Equal(1, _ran);

        var again = Runner().Obtain(Working("a", 1));
        Assert.Equal((1, true, "cached"), (_ran, again.Cached, again.Reason));
    }

    [Fact]
    public void A_changed_setting_runs_the_stage_again_and_is_named()
    {
        Runner().Obtain(Working("a", 1));
        var changed = Runner().Obtain(Working("a", 2));

        Assert.Equal(2, _ran);
        Assert.Equal("changed: value was 1, is 2", changed.Reason);
    }

    [Fact]
    public void A_flipped_bit_is_seen_said_and_rebuilt()
    {
        var file = Path.Combine(Runner().Obtain(Working("a", 1)).Folder, "out.txt");
        File.WriteAllText(file, "value 7");

        var rebuilt = Runner().Obtain(Working("a", 1));
        Assert.StartsWith("damaged: out.txt", rebuilt.Reason, StringComparison.Ordinal);
        Assert.Equal("value 1", File.ReadAllText(file));
        Assert.Equal(2, _ran);
    }

    [Fact]
    public void A_diverged_stage_stops_what_needs_it_and_nothing_else()
    {
        var runner = Runner();
        var sick = Stage("sick", 1, [], (_, _) => throw new DivergedException(2, 31, double.NaN, 20));
        var child = Stage("child", 1, [sick], (_, _) => throw new InvalidOperationException("must not run"));

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var failure = Assert.Throws<StageFailedException>(() => runner.Obtain(child));
            Assert.Equal("sick: The loss became NaN at epoch 2, step 31; the last good resume point is step 20.", failure.Message);
        }

        Assert.Equal(["sick"], _notebook.Failed);
        runner.Obtain(Working("healthy", 1));
        Assert.Equal(1, _ran);
    }

    [Fact]
    public void A_disk_that_fails_is_told_with_the_option_that_moves_the_cache()
    {
        var full = Stage("full", 1, [], (_, _) => throw new IOException("No space left on device"));
        var fault = Assert.Throws<ReproException>(() => Runner().Obtain(full));
        Assert.Equal("full: the cache cannot be written: No space left on device. Free some space or choose another folder with --cache=DIR; finished stages are kept.", fault.Message);
    }

    [Fact]
    public void What_an_interrupted_attempt_took_counts()
    {
        var stopped = Stage("a", 1, [], (_, _) => throw new OperationCanceledException());
        Assert.Throws<OperationCanceledException>(() => Runner().Obtain(stopped));
        var noted = Directory.EnumerateFiles(_folder.Path, "seconds.txt", SearchOption.AllDirectories).Single();
        Assert.InRange(double.Parse(File.ReadAllText(noted), System.Globalization.CultureInfo.InvariantCulture), 0, 60);
        File.WriteAllText(noted, "100.5");

        Assert.InRange(Runner().Obtain(Working("a", 1)).Record.Seconds, 100.5, 160);
    }

    [Fact]
    public void What_failed_for_one_runner_is_not_tried_by_the_next_that_shares_its_failures()
    {
        var (failures, tried) = (new Dictionary<string, StageFailedException>(), 0);
        var sick = Stage("sick", 1, [], (_, _) => { tried++; throw new DivergedException(2, 31, double.NaN, 20); });
        for (var runner = 0; runner < 2; runner++)
            Assert.Throws<StageFailedException>(() => new StageRunner(new StageStore(_folder.File("stages"), TimeProvider.System), torch.CPU, _notebook, TimeSpan.Zero, default, failures).Obtain(sick));

        Assert.Equal(1, tried);
    }

    [Fact]
    public void A_cancelled_runner_starts_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Runner(stop.Token).Obtain(Working("a", 1)));
        Assert.Equal(0, _ran);
    }

    private StageRunner Runner(CancellationToken stop = default) =>
        new(new StageStore(_folder.File("stages"), TimeProvider.System), torch.CPU, _notebook, TimeSpan.Zero, stop);

    private Stage Working(string title, int value) => Stage(title, value, [], (context, _) =>
    {
        _ran++;
        File.WriteAllText(Path.Combine(context.WorkFolder, "out.txt"), $"value {value}");
        return new(new Dictionary<string, object> { ["top1"] = (double)value }, ["out.txt"]);
    });

    private static Stage Stage(string title, int value, IReadOnlyList<Stage> parents, Func<StepContext, IReadOnlyList<string>, StepResult> run) =>
        new(StageKey.Of(title, 1, new { value }, [.. parents.Select(parent => (parent.Title, parent.Key.Hash))]), title, 0, parents, run);

    private sealed class Notebook : IStageObserver
    {
        public List<string> Failed { get; } = [];

        public void Waiting(Stage stage) { }

        public void Started(Stage stage, string reason) { }

        public void Progressed(Stage stage, StepProgress progress) { }

        public void Finished(StageOutput output) { }

        void IStageObserver.Failed(Stage stage, string reason) => Failed.Add(stage.Title);
    }
}
