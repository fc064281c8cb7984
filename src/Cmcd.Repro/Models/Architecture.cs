namespace Cmcd.Repro.Models;

/// <summary>The two residual networks of the paper (He et al., arXiv 1512.03385), in torchvision's "v1.5" form.</summary>
public enum Architecture
{
    /// <summary>Basic blocks 2-2-2-2; features of 8 × width.</summary>
    ResNet18,

    /// <summary>Bottleneck blocks 3-4-6-3 with the stride in the 3 × 3 convolution; features of 32 × width.</summary>
    ResNet50,
}
