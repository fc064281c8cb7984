namespace Cmcd.Repro.Datasets.Images;

/// <summary>How an image of any size becomes a square one.</summary>
public enum ImageFit
{
    /// <summary>Both sides are resized; proportions change, nothing is lost. How Sketchy was rendered.</summary>
    Stretch,

    /// <summary>The square in the middle is cut out, then resized.</summary>
    Crop,

    /// <summary>The shorter sides are padded with the background, then resized.</summary>
    Pad,
}
