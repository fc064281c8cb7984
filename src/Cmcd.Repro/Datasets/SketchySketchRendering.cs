namespace Cmcd.Repro.Datasets;

/// <summary>How Sketchy's sketches were rendered: its folders under 256x256/sketch.</summary>
public enum SketchySketchRendering
{
    /// <summary>tx_000000000000: stretched as the whole photo was.</summary>
    WholeImage,

    /// <summary>tx_000100000000: centred, the greatest side 78 % of the canvas, as TU-Berlin's.</summary>
    Centred,

    /// <summary>tx_000000000010: aligned with the object's box, one of four ways.</summary>
    BoxAligned0010,

    /// <summary>tx_000000000110: aligned with the object's box, one of four ways.</summary>
    BoxAligned0110,

    /// <summary>tx_000000001010: aligned with the object's box, one of four ways.</summary>
    BoxAligned1010,

    /// <summary>tx_000000001110: aligned with the object's box, one of four ways.</summary>
    BoxAligned1110,
}
