using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Models;
using Cmcd.Repro.Optimizers;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>Where a training loop stands: counts updates, watches the loss, saves and restores the resume point.</summary>
/// <remarks>
/// Batches, augmentations and learning rates are pure functions of the update's number, so weights, BatchNorm buffers, Adam's
/// moments and that number are the whole state: a resumed run continues to the same bits as an uninterrupted one.
/// </remarks>
internal sealed class Training
{
    private readonly IReadOnlyDictionary<string, nn.Module> _modules;
    private readonly Adam _adam;
    private readonly Batches _batches;
    private readonly int _batchSize;
    private readonly StepContext _context;
    private readonly List<double> _epochLosses = [];
    private readonly int _firstStep;
    private readonly long _started;
    private long _lastSaved;
    private int _lastSavedStep;
    private double _epochSum;
    private bool _enough;

    public Training(IReadOnlyDictionary<string, nn.Module> modules, Adam adam, Batches batches, int batchSize, int epochs, StepContext context, int? updates = null)
    {
        (_modules, _adam, _batches, _batchSize, _context) = (modules, adam, batches, batchSize, context);
        Steps = updates ?? epochs * batches.PerEpoch;
        Restore();
        _firstStep = _lastSavedStep = Step;
        _started = _lastSaved = context.Time.GetTimestamp();
    }

    /// <summary>Updates done.</summary>
    public int Step { get; private set; }

    /// <summary>Updates in all.</summary>
    public int Steps { get; }

    /// <summary>Epochs in all, a last one that is cut short included.</summary>
    public int Epochs => (Steps + _batches.PerEpoch - 1) / _batches.PerEpoch;

    /// <summary>Epoch of the next update, 0-based.</summary>
    public int Epoch => Step / _batches.PerEpoch;

    public bool Running => Step < Steps && !_enough;

    /// <summary>Hash of what was trained, right after the last update; empty before.</summary>
    public string LastWeights { get; private set; } = "";

    /// <summary>Mean loss of each epoch, for the stage's record.</summary>
    public string EpochLosses => string.Join(' ', _epochLosses.Select(loss => loss.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Closes one update.</summary>
    /// <param name="loss">Its loss.</param>
    /// <exception cref="DivergedException">The loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">The user asked to stop; the state is saved.</exception>
    public void Finish(double loss)
    {
        if (!double.IsFinite(loss)) throw new DivergedException(Epoch + 1, Step + 1, loss, _lastSavedStep);

        var epoch = Epoch;
        _epochSum += loss;
        Step++;
        if (Step % _batches.PerEpoch == 0)
        {
            _epochLosses.Add(_epochSum / _batches.PerEpoch);
            _epochSum = 0;
        }

        var seconds = _context.Time.GetElapsedTime(_started).TotalSeconds;
        var progress = new StepProgress(Step, Steps, epoch + 1, Epochs, _batchSize, loss, (Step - _firstStep) * (double)_batchSize / Math.Max(seconds, 1e-9));
        _enough = _context.Enough?.Invoke(progress) == true;
        if (!Running) LastWeights = HashOf(_modules.Values);
        _context.Report?.Invoke(progress);

        var stop = _context.Cancellation.IsCancellationRequested;
        if (Running && (stop || _context.Time.GetElapsedTime(_lastSaved) >= _context.CheckpointInterval)) Save();
        if (stop) throw new OperationCanceledException(_context.Cancellation);
    }

    /// <summary>One hash over several networks, in their order.</summary>
    public static string HashOf(IEnumerable<nn.Module> modules) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(modules.Select(StateDict.Hash)))));

    private IEnumerable<(string Name, Tensor Tensor)> State() =>
        _modules.SelectMany(module => module.Value.state_dict().Select(entry => ($"{module.Key}.{entry.Key}", entry.Value))).Concat(_adam.State());

    private void Save()
    {
        using var scope = NewDisposeScope();
        var facts = new Dictionary<string, string>
        {
            ["step"] = Step.ToString(CultureInfo.InvariantCulture),
            ["epochSum"] = _epochSum.ToString("R", CultureInfo.InvariantCulture),
            ["epochLosses"] = EpochLosses,
        };
        ResumePoint.Save(_context.WorkFolder, stream => Safetensors.Write(stream, State().ToDictionary(entry => entry.Name, entry => entry.Tensor)), facts);
        _lastSaved = _context.Time.GetTimestamp();
        _lastSavedStep = Step;
    }

    private void Restore()
    {
        if (ResumePoint.TryLoad(_context.WorkFolder, out _) is not { } point) return;

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var file = File.OpenRead(point.DataFile);
        using var stored = Safetensors.Read(file);
        foreach (var (name, tensor) in State()) tensor.copy_(stored.Tensors[name]);
        Step = int.Parse(point.Facts["step"], CultureInfo.InvariantCulture);
        _epochSum = double.Parse(point.Facts["epochSum"], CultureInfo.InvariantCulture);
        _epochLosses.AddRange(point.Facts["epochLosses"].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(loss => double.Parse(loss, CultureInfo.InvariantCulture)));
    }
}
