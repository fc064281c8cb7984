using Cmcd.Repro.Pipeline;
using Spectre.Console;

namespace Cmcd.Repro.Commands;

/// <summary>Shows the stages: a live bar with a terminal, a plain line a stage without one.</summary>
/// <param name="stages">Distinct stages of the run.</param>
/// <param name="task">The live bar; null for plain lines.</param>
/// <param name="everyStep">A line for every update, for tests and for watching closely.</param>
internal sealed class ConsoleProgress(IReadOnlyList<Stage> stages, ProgressTask? task, bool everyStep) : IStageObserver
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(200);

    private readonly int _total = stages.Count;
    private readonly Dictionary<string, Stage> _left = stages.ToDictionary(stage => stage.Key.Hash);
    private readonly Dictionary<string, (double Seconds, int Count)> _costs = [];
    private int _finished;
    private Action? _refresh;
    private long _refreshed;

    /// <summary>Runs the work with a live bar where there is a terminal.</summary>
    public static T Show<T>(IReadOnlyList<Stage> stages, string mode, Func<ConsoleProgress, T> work)
    {
        if (mode != "auto" || !AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
            return work(new(stages, null, mode == "steps"));

        // Refreshed from the training thread only: TorchSharp's implicit scalars may be freed in use when another thread starts a collection.
        return AnsiConsole.Progress()
            .AutoRefresh(false)
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context => work(new(stages, context.AddTask("starting", maxValue: 1), false) { _refresh = context.Refresh }));
    }

    public void Waiting(Stage stage) => Line($"waiting for another process that works on {stage.Title}");

    public void Started(Stage stage, string reason)
    {
        task?.Value(0);
        task?.Description($"[[{_finished + 1}/{_total}]] {Markup.Escape(stage.Title)}");
    }

    public void Progressed(Stage stage, StepProgress progress)
    {
        if (task is not null)
        {
            var left = TimeSpan.FromSeconds((progress.Steps - progress.Step) * (double)progress.Items / Math.Max(progress.ImagesPerSecond, 1e-9));
            task.Value = (double)progress.Step / progress.Steps;
            task.Description(
                $"[[{_finished + 1}/{_total}]] {Markup.Escape(stage.Title)}  epoch {progress.Epoch}/{progress.Epochs}  loss {progress.Loss:F3}  {progress.ImagesPerSecond:N0} images/s  stage ETA {left:mm\\:ss}");
            if (TimeProvider.System.GetElapsedTime(_refreshed) < RefreshInterval) return;
            _refresh?.Invoke();
            _refreshed = TimeProvider.System.GetTimestamp();
        }
        else if (everyStep)
        {
            Console.WriteLine($"{stage.Title}: step {progress.Step}/{progress.Steps} epoch {progress.Epoch}/{progress.Epochs} loss {progress.Loss:F4}");
        }
    }

    public void Finished(StageOutput output)
    {
        _finished++;
        _left.Remove(output.Stage.Key.Hash);
        var known = _costs.GetValueOrDefault(output.Stage.Kind);
        _costs[output.Stage.Kind] = (known.Seconds + output.Record.Seconds, known.Count + 1);
        var score = output.Record.Metrics.TryGetValue("top1", out var top1) ? $", top-1 {top1:F2} %"
            : output.Record.Metrics.TryGetValue("miou", out var miou) ? $", mean IoU {miou:F2} %" : "";
        var time = output.Cached ? $"made in {output.Record.Seconds:F1} s" : $"{output.Record.Seconds:F1} s";
        Line($"[{_finished}/{_total}] {output.Stage.Title} ({output.Stage.Key.Short}): {output.Reason}; {time}{score}{Eta(output.Cached)}");
    }

    public void Failed(Stage stage, string reason)
    {
        _finished++;
        Line($"[{_finished}/{_total}] {stage.Title} ({stage.Key.Short}) FAILED: {reason}");
    }

    /// <summary>Time left: for each stage the mean of its kind so far, for a kind not yet seen the mean of those seen.</summary>
    private string Eta(bool cached)
    {
        if (cached || _left.Count == 0) return "";
        var means = _costs.ToDictionary(cost => cost.Key, cost => cost.Value.Seconds / cost.Value.Count);
        var unseen = means.Values.Average();
        var left = TimeSpan.FromSeconds(_left.Values.Sum(stage => means.GetValueOrDefault(stage.Kind, unseen)));
        return $"; about {left:h\\:mm\\:ss} left";
    }

    private void Line(string text)
    {
        if (task is null) Console.WriteLine(text);
        else AnsiConsole.WriteLine(text);
    }
}
