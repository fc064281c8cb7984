using Cmcd.Repro.Datasets.Nyu;

namespace Cmcd.Repro.Datasets;

/// <summary>What the paper leaves open about NYU-Depth V2.</summary>
/// <remarks>Any change makes other data: it goes into the hash of every set it touches.</remarks>
public sealed record NyuDepthOptions
{
    /// <summary>Classes of the label maps. Default 40: the usual task, and the one in the range of the printed scores (O-14); the paper does not say.</summary>
    public NyuClasses Classes { get; init; } = NyuClasses.Forty;

    /// <summary>The depth image. Default in-filled, without holes: what most work on these images reads; the paper does not say.</summary>
    public NyuDepthMap Depth { get; init; } = NyuDepthMap.Filled;

    /// <summary>What is cut off of the white border of image, depth and labels. Default nothing: the published splits and scores are over whole images.</summary>
    public NyuBorder Border { get; init; } = NyuBorder.Whole;

    /// <summary>How metres become pixels. Default 0 to 10 m, repeated to three channels: it keeps the pretrained stem (O-16); the paper does not say.</summary>
    public DepthEncoding Encoding { get; init; } = DepthEncoding.Metric;

    /// <summary>Height at which images and depth are kept, pixels. Default 0: as they are after the cut; views are made from them at any size.</summary>
    public int Height { get; init; }

    /// <summary>Width at which images and depth are kept, pixels. Default 0: as they are after the cut.</summary>
    public int Width { get; init; }

    /// <summary>Height of the label maps, pixels; scores count their pixels. Default 0: as they are after the cut, so that every labelled pixel counts.</summary>
    public int LabelHeight { get; init; }

    /// <summary>Width of the label maps, pixels, in the images' proportions. Default 0: as they are after the cut.</summary>
    public int LabelWidth { get; init; }
}
