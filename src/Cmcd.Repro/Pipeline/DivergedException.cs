namespace Cmcd.Repro.Pipeline;

/// <summary>A loss became NaN or infinite.</summary>
/// <param name="epoch">Epoch, 1-based.</param>
/// <param name="step">Update of the whole training, 1-based.</param>
/// <param name="loss">The loss seen.</param>
/// <param name="lastGood">Update of the last resume point, 0 if there is none.</param>
public sealed class DivergedException(int epoch, int step, double loss, int lastGood)
    : ReproException($"The loss became {loss} at epoch {epoch}, step {step}; the last good resume point is step {lastGood}.");
