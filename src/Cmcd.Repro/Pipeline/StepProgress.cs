namespace Cmcd.Repro.Pipeline;

/// <summary>Where a training stands after an update.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Steps">Updates in all.</param>
/// <param name="Epoch">Current epoch, 1-based.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Items">Items in a batch.</param>
/// <param name="Loss">Loss of the last update.</param>
/// <param name="ImagesPerSecond">Items seen in a second since this process took the stage up.</param>
public readonly record struct StepProgress(int Step, int Steps, int Epoch, int Epochs, int Items, double Loss, double ImagesPerSecond);
