namespace Cmcd.Repro.Datasets.Sketches;

/// <summary>How badly the hand draws: every number that decides how far a sketch lies from its photo.</summary>
/// <remarks>
/// Lengths are pixels of the 32 x 32 frame, angles radians, tones run from 0 (black) to 1 (white) after a square root that lifts dark cloth.
/// "Up to" means uniform in plus or minus that number. Any change makes other sketches: it goes into every dataset's hash.
/// </remarks>
public sealed record SketchStyle
{
    /// <summary>Tone step, over the blurred photo, at which the hand starts to draw an edge.</summary>
    public float EdgeStart { get; init; } = 0.14f;

    /// <summary>Tone step down to which a started edge is followed; at most <see cref="EdgeStart"/>.</summary>
    public float EdgeEnd { get; init; } = 0.07f;

    /// <summary>Edges shorter than this are texture and are not drawn, pixels.</summary>
    public float ShortestEdge { get; init; } = 5f;

    /// <summary>The whole drawing is turned by up to this, radians.</summary>
    public float Turn { get; init; } = 0.35f;

    /// <summary>Smallest size of a drawing, relative to its photo.</summary>
    public float SmallestSize { get; init; } = 0.8f;

    /// <summary>Largest size of a drawing, relative to its photo.</summary>
    public float LargestSize { get; init; } = 1.1f;

    /// <summary>Width against height is off by up to this factor minus one.</summary>
    public float Stretch { get; init; } = 0.12f;

    /// <summary>The whole drawing is shifted by up to this in x and in y, pixels.</summary>
    public float Shift { get; init; } = 1.5f;

    /// <summary>Proportions are wrong: the corners of a 4 x 4 grid over the frame move by up to this in x and in y, pixels.</summary>
    public float Warp { get; init; } = 1.9f;

    /// <summary>Shortest stroke before the pen is lifted, pixels.</summary>
    public float ShortestStroke { get; init; } = 6f;

    /// <summary>Longest stroke before the pen is lifted, pixels.</summary>
    public float LongestStroke { get; init; } = 24f;

    /// <summary>Each stroke starts up to this before or after the end of the one before it, pixels.</summary>
    public float Gap { get; init; } = 2.5f;

    /// <summary>Probability that a stroke is forgotten.</summary>
    public float Forgotten { get; init; } = 0.1f;

    /// <summary>Each stroke is turned about its middle by up to this, radians.</summary>
    public float StrokeTurn { get; init; } = 0.12f;

    /// <summary>Each stroke is shifted by up to this in x and in y, pixels.</summary>
    public float StrokeShift { get; init; } = 0.7f;

    /// <summary>The hand trembles along a stroke by up to this in x and in y, pixels.</summary>
    public float Tremor { get; init; } = 0.5f;

    /// <summary>Radius of the thinnest pen, pixels.</summary>
    public float ThinPen { get; init; } = 0.35f;

    /// <summary>Radius of the thickest pen, pixels.</summary>
    public float ThickPen { get; init; } = 0.7f;

    /// <summary>Along a stroke the pen's radius varies by up to this factor minus one.</summary>
    public float Pressure { get; init; } = 0.3f;
}
