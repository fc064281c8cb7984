using System.Globalization;
using Cmcd.Repro.Caching;
using TorchSharp;

namespace Cmcd.Repro.Pipeline;

/// <summary>Gives a stage's output: from the store when its bytes still match, by running it otherwise. Each stage at most once a process.</summary>
/// <param name="store">Where outputs are kept.</param>
/// <param name="device">Where tensors live.</param>
/// <param name="observer">Told what happens.</param>
/// <param name="checkpointInterval">Shortest time between two resume points of a stage.</param>
/// <param name="cancellation">Stops a running stage after its current update, with its state saved.</param>
/// <param name="failures">What failed under earlier runners of this process, by key, so that it is not tried again; filled here. Absent: none.</param>
public sealed class StageRunner(
    StageStore store, torch.Device device, IStageObserver observer, TimeSpan checkpointInterval, CancellationToken cancellation, IDictionary<string, StageFailedException>? failures = null)
{
    private const string EarlierSecondsFile = "seconds.txt";

    private readonly Dictionary<string, StageOutput> _outputs = [];
    private readonly IDictionary<string, StageFailedException> _failures = failures ?? new Dictionary<string, StageFailedException>();

    /// <summary>Everything obtained so far, in order.</summary>
    public IReadOnlyCollection<StageOutput> Outputs => _outputs.Values;

    /// <summary>For mutation tests: see <see cref="StepContext.Loaded"/>.</summary>
    internal Action<string, torch.nn.Module>? Loaded { get; init; }

    /// <summary>The stage's output.</summary>
    /// <exception cref="StageFailedException">It or a stage it needs diverged or broke the protocol.</exception>
    /// <exception cref="ReproException">The cache cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    public StageOutput Obtain(Stage stage)
    {
        if (_outputs.TryGetValue(stage.Key.Hash, out var known)) return known;
        if (_failures.TryGetValue(stage.Key.Hash, out var failure)) throw failure;

        cancellation.ThrowIfCancellationRequested();
        var parents = stage.Parents.Select(Obtain).ToArray();
        using var lease = store.Open(stage.Key, () => observer.Waiting(stage), cancellation);
        var cached = lease.IsComplete;
        var reason = lease.Reason;
        if (!cached)
        {
            observer.Started(stage, reason);
            Make(stage, parents, lease);
        }

        var output = new StageOutput(stage, lease.OutputFolder, lease.Record!, cached, reason);
        _outputs.Add(stage.Key.Hash, output);
        observer.Finished(output);
        return output;
    }

    private void Make(Stage stage, StageOutput[] parents, StageLease lease)
    {
        var started = TimeProvider.System.GetTimestamp();
        var context = new StepContext
        {
            Seed = stage.Seed,
            Device = device,
            WorkFolder = lease.WorkFolder,
            CheckpointInterval = checkpointInterval,
            Cancellation = cancellation,
            Report = progress => observer.Progressed(stage, progress),
            Loaded = Loaded,
        };
        try
        {
            var result = stage.Run(context, [.. parents.Select(parent => parent.Folder)]);
            lease.Complete(result.Metrics, result.Files, EarlierSeconds(lease.WorkFolder) + TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        }
        catch (OperationCanceledException)
        {
            // Of a killed attempt nothing is noted: the record then says less than the stage took.
            var seconds = EarlierSeconds(lease.WorkFolder) + TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            File.WriteAllText(Path.Combine(lease.WorkFolder, EarlierSecondsFile), seconds.ToString("R", CultureInfo.InvariantCulture));
            throw;
        }
        catch (ReproException cause) when (cause is DivergedException or ProtocolViolationException)
        {
            var failure = new StageFailedException(stage, cause);
            _failures.Add(stage.Key.Hash, failure);
            observer.Failed(stage, cause.Message);
            throw failure;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ReproException(
                $"{stage.Title}: the cache cannot be written: {cause.Message.TrimEnd('.')}. Free some space or choose another folder with --cache=DIR; finished stages are kept.", cause);
        }
    }
    private static double EarlierSeconds(string workFolder)
    {
        var file = Path.Combine(workFolder, EarlierSecondsFile);
        return File.Exists(file) && double.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
    }
}
