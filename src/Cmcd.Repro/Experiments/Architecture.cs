namespace Cmcd.Repro.Experiments;

/// <summary>Shape of an encoder.</summary>
public enum Architecture
{
    /// <summary>ResNet-18: basic blocks 2, 2, 2, 2.</summary>
    ResNet18,

    /// <summary>ResNet-50: bottleneck blocks 3, 4, 6, 3.</summary>
    ResNet50,
}
