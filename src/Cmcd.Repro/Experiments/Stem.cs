namespace Cmcd.Repro.Experiments;

/// <summary>First layer of an encoder: it sets how much of a small image is left for the stages.</summary>
public enum Stem
{
    /// <summary>7×7 convolution of stride 2, then 3×3 max-pool of stride 2: a quarter of the side.</summary>
    ImageNet,

    /// <summary>3×3 convolution of stride 1, no pool: the whole side.</summary>
    Small,

    /// <summary>3×3 convolution of stride 2, no pool: half of the side.</summary>
    SmallStrided,
}
