namespace Cmcd.Repro.Augmentations;

/// <summary>Kernel of a resize. Both are antialiased: where an image shrinks, the kernel widens by the same factor.</summary>
public enum Interpolation
{
    /// <summary>Keys' cubic with a = -0.5, the value Pillow and PyTorch use with antialiasing; may overshoot, so results are clipped.</summary>
    Bicubic,

    /// <summary>Triangle.</summary>
    Bilinear,
}
