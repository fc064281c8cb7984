namespace Cmcd.Repro.Models;

/// <summary>How a network first reads the image: the place where small images would lose most of their grid.</summary>
public enum Stem
{
    /// <summary>7 × 7, stride 2, then 3 × 3 max-pooling, stride 2: stage 1 sees a quarter of the grid.</summary>
    ImageNet,

    /// <summary>3 × 3, stride 1, no pooling (CIFAR): stage 1 sees the whole grid.</summary>
    Small,

    /// <summary>3 × 3, stride 2, no pooling: stage 1 sees half the grid, at a quarter of the cost of <see cref="Small"/>.</summary>
    SmallStrided,
}
