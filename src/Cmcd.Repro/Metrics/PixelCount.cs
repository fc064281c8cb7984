namespace Cmcd.Repro.Metrics;

/// <summary>How many pixels of one true class were given one class: an entry of a confusion matrix, of one image or of many.</summary>
/// <param name="Label">True class, at least 0.</param>
/// <param name="Predicted">Class given, at least 0.</param>
/// <param name="Pixels">Number of pixels, at least 0.</param>
public readonly record struct PixelCount(int Label, int Predicted, long Pixels);
