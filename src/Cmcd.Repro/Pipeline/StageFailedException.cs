namespace Cmcd.Repro.Pipeline;

/// <summary>A stage could not be made; the runs that need it cannot be measured, all others go on.</summary>
/// <param name="stage">The stage.</param>
/// <param name="cause">What went wrong in it.</param>
public sealed class StageFailedException(Stage stage, ReproException cause) : ReproException($"{stage.Title}: {cause.Message}", cause);
