namespace Cmcd.Repro.Experiments;

/// <summary>Kernel of the resize that ends a random crop.</summary>
public enum Interpolation
{
    /// <summary>Triangle.</summary>
    Bilinear,

    /// <summary>Cubic.</summary>
    Bicubic,
}
