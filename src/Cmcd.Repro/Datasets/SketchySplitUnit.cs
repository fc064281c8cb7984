namespace Cmcd.Repro.Datasets;

/// <summary>What is drawn when Sketchy's sketches are split for step 3.</summary>
public enum SketchySplitUnit
{
    /// <summary>Single sketches: sketches of one photo may fall on both sides.</summary>
    Sketch,

    /// <summary>Photos with all their sketches: the photo of a test sketch is in no pair either.</summary>
    Photo,
}
