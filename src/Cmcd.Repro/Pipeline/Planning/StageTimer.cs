using TorchSharp;

namespace Cmcd.Repro.Pipeline.Planning;

/// <summary>Times stages by running them in a scratch folder with their trainings cut short: the real loop, and all that stands before and after it.</summary>
/// <remarks>
/// Parents are stood in for by encoders of their shape with random weights, which take as long; a parent that leaves no encoder is run itself. The first stage of a
/// kind, or on some data, is run twice and the second time counts: only a process's first one pays for compilation, libtorch's plans, and reading or making the data.
/// </remarks>
/// <param name="scratch">An empty folder; the caller removes it.</param>
/// <param name="device">Where tensors live.</param>
/// <param name="cancellation">Ends a timing after its current update.</param>
public sealed class StageTimer(string scratch, torch.Device device, CancellationToken cancellation)
{
    private const int WarmUp = 3;
    private const int LeastUpdates = 8;
    private const double LeastSeconds = 0.2;   // eight updates of a linear head last a few milliseconds

    private readonly HashSet<string> _warm = [];
    private int _folders;

    /// <summary>Runs the stage, cut short, and takes its time apart.</summary>
    /// <exception cref="ReproException">It diverged or broke the protocol, as the whole stage might.</exception>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    public StageTiming Measure(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        string[] parents = [.. stage.Parents.Select(StandIn)];
        if (_warm.Add(stage.Kind) | _warm.Add(stage.Data)) Run(stage, parents);
        return Run(stage, parents);
    }

    private StageTiming Run(Stage stage, IReadOnlyList<string> parents)
    {
        var (clock, folder) = (new UpdateClock(), Folder());
        var started = TimeProvider.System.GetTimestamp();
        stage.Run(Context(stage, folder) with { Enough = clock.IsEnough }, parents);
        return clock.Split(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    private string StandIn(Stage parent)
    {
        var folder = Folder();
        if (parent.Makes is { } network)
        {
            using var encoder = Networks.CreateEncoder(network, parent.Seed, torch.CPU);
            Networks.SaveModule(encoder, folder, Networks.EncoderFile);
        }
        else
        {
            parent.Run(Context(parent, folder), [.. parent.Parents.Select(StandIn)]);
        }

        return folder;
    }

    private StepContext Context(Stage stage, string folder) => new()
    {
        Seed = stage.Seed,
        Device = device,
        WorkFolder = folder,
        CheckpointInterval = TimeSpan.MaxValue,
        Cancellation = cancellation,
    };

    private string Folder()
    {
        cancellation.ThrowIfCancellationRequested();
        return Directory.CreateDirectory(Path.Combine(scratch, FormattableString.Invariant($"{_folders++}"))).FullName;
    }

    /// <summary>Stands beside the trainings of one stage: one, or one a draw; all of them end at the same update.</summary>
    private sealed class UpdateClock
    {
        private readonly List<double> _timed = [];
        private int _trainings, _lastUpdate;
        private long _last;
        private double _seen, _enough;

        public bool IsEnough(StepProgress progress)
        {
            var seconds = TimeProvider.System.GetElapsedTime(_last).TotalSeconds;
            if (progress.Step == 1)
            {
                (_trainings, _enough) = (_trainings + 1, 0);   // when its first update began is not known
            }
            else
            {
                _seen += seconds;
                if (progress.Step > WarmUp || progress.Steps <= WarmUp)
                {
                    _timed.Add(seconds);
                    _enough += seconds;
                }
            }

            _last = TimeProvider.System.GetTimestamp();
            if (_lastUpdate == 0 && progress.Step >= WarmUp + LeastUpdates && _enough >= LeastSeconds) _lastUpdate = progress.Step;
            return progress.Step == _lastUpdate;
        }

        public StageTiming Split(double all)
        {
            var update = _timed.Count == 0 ? 0 : _timed.Average();
            return new(Math.Max(0, all - _seen - (_trainings * update)), update);
        }
    }
}
