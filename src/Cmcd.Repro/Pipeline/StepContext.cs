using TorchSharp;

namespace Cmcd.Repro.Pipeline;

/// <summary>What a step is given besides settings and data: seed, device, where to report, when to stop.</summary>
public sealed record StepContext
{
    /// <summary>Seed of the run; every random number of every step follows from it.</summary>
    public required long Seed { get; init; }

    /// <summary>Where tensors live.</summary>
    public required torch.Device Device { get; init; }

    /// <summary>Folder for the step's outputs and its resume point; kept over a crash.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>Shortest time between two resume points; zero saves after every update.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time source of the interval and of the throughput shown.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Asked before every update; the state is saved before it is obeyed.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Called after every update.</summary>
    public Action<StepProgress>? Report { get; init; }

    /// <summary>For timing: asked after every update; true ends the training there as if it were its last. What follows the training is done in full.</summary>
    internal Func<StepProgress, bool>? Enough { get; init; }

    /// <summary>Called with each network of a step before its loop, so that a mutation test can break the protocol on purpose.</summary>
    internal Action<string, torch.nn.Module>? Loaded { get; init; }
}
