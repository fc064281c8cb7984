namespace Cmcd.Repro.Experiments;

/// <summary>How a cell's total variation is measured. Its teacher and the student of its step 2 are the two encoders.</summary>
/// <param name="Measure">Items, view, estimators.</param>
/// <param name="Estimator">The estimate that is the cell's number, as the stage names it.</param>
/// <param name="IsUnpaired">The column has no pairs of its own.</param>
public sealed record DistanceSettings(MeasureSettings Measure, string Estimator, bool IsUnpaired);
