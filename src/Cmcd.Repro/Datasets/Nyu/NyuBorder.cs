namespace Cmcd.Repro.Datasets.Nyu;

/// <summary>What is cut off: projecting depth onto the colour image left a white border.</summary>
public enum NyuBorder
{
    /// <summary>Nothing.</summary>
    Whole,

    /// <summary>16 pixels on each side, as xapharius/pytorch-nyuv2 does.</summary>
    Sixteen,

    /// <summary>All but rows 45 to 464 and columns 40 to 599: 420 x 560 pixels remain.</summary>
    To420x560,
}
