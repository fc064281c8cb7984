namespace Cmcd.Repro.Experiments;

/// <summary>Number format of an encoder's convolutions; weights and losses are 32-bit floats in both.</summary>
public enum Precision
{
    /// <summary>32-bit floats.</summary>
    Fp32,

    /// <summary>bfloat16 convolutions.</summary>
    Bf16,
}
