namespace Cmcd.Repro.Datasets.Nyu;

/// <summary>Which depth image of NYU-Depth V2 is read.</summary>
public enum NyuDepthMap
{
    /// <summary>depths: holes are filled in by the authors' colourisation.</summary>
    Filled,

    /// <summary>rawDepths: as the sensor gave it, 0 where it saw nothing.</summary>
    Raw,
}
