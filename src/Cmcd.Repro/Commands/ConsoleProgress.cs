using Cmcd.Repro.Pipeline;
using Spectre.Console;

namespace Cmcd.Repro.Commands;

/// <summary>Shows the stages: a live bar with a terminal, a plain line a stage without one.</summary>
/// <param name="total">Distinct stages of the run.</param>
/// <param name="task">The live bar; null for plain lines.</param>
/// <param name="everyStep">A line for every update, for tests and for watching closely.</param>
internal sealed class ConsoleProgress(int total, ProgressTask? task, bool everyStep) : IStageObserver
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(200);

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly List<double> _secondsRun = [];
    private int _finished;
    private Action? _refresh;
    private long _refreshed;

    /// <summary>Runs the work with a live bar where there is a terminal.</summary>
    public static T Show<T>(int total, string mode, Func<ConsoleProgress, T> work)
    {
        if (mode != "auto" || !AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
            return work(new(total, null, mode == "steps"));

        // Refreshed from the training thread only: TorchSharp's implicit scalars may be freed in use when another thread starts a collection.
        return AnsiConsole.Progress()
            .AutoRefresh(false)
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context => work(new(total, context.AddTask("starting", maxValue: 1), false) { _refresh = context.Refresh }));
    }

    public void Waiting(Stage stage) => Line($"waiting for another process that works on {stage.Title}");

    public void Started(Stage stage, string reason)
    {
        task?.Value(0);
        task?.Description($"[[{_finished + 1}/{total}]] {Markup.Escape(stage.Title)}");
    }

    public void Progressed(Stage stage, StepProgress progress)
    {
        if (task is not null)
        {
            var left = TimeSpan.FromSeconds((progress.Steps - progress.Step) * (double)progress.Items / Math.Max(progress.ImagesPerSecond, 1e-9));
            task.Value = (double)progress.Step / progress.Steps;
            task.Description(
                $"[[{_finished + 1}/{total}]] {Markup.Escape(stage.Title)}  epoch {progress.Epoch}/{progress.Epochs}  loss {progress.Loss:F3}  {progress.ImagesPerSecond:N0} images/s  stage ETA {left:mm\\:ss}");
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
        if (!output.Cached) _secondsRun.Add(output.Record.Seconds);
        var score = output.Record.Metrics.TryGetValue("top1", out var top1) ? $", top-1 {top1:F2} %" : "";
        var time = output.Cached ? $"made in {output.Record.Seconds:F1} s" : $"{output.Record.Seconds:F1} s";
        Line($"[{_finished}/{total}] {output.Stage.Title} ({output.Stage.Key.Short}): {output.Reason}; {time}{score}{Eta(output.Cached)}");
    }

    public void Failed(Stage stage, string reason)
    {
        _finished++;
        Line($"[{_finished}/{total}] {stage.Title} ({stage.Key.Short}) FAILED: {reason}");
    }

    // The stages left are mostly evaluations, the first ones trainings, so the mean overestimates at first; it is a ceiling, not a promise.
    private string Eta(bool cached)
    {
        if (cached || _finished == total) return "";
        var left = TimeProvider.System.GetElapsedTime(_started) / Math.Max(_secondsRun.Count, 1) * (total - _finished);
        return $"; {total - _finished} stages left, at most about {left.TotalMinutes:F0} min";
    }

    private void Line(string text)
    {
        if (task is null) Console.WriteLine(text);
        else AnsiConsole.WriteLine(text);
    }
}
