namespace Cmcd.Repro.Datasets;

/// <summary>How Sketchy's photos were brought to 256 x 256 pixels: its folders under 256x256/photo.</summary>
public enum SketchyPhotoRendering
{
    /// <summary>tx_000000000000: the whole image, stretched.</summary>
    WholeImage,

    /// <summary>tx_000100000000: the object's box and 10 % on each side, stretched.</summary>
    ObjectBox,
}
