namespace Cmcd.Repro.Models;

/// <summary>In which number format the convolutions run. Weights, their gradients and the features are float32 in both.</summary>
public enum Precision
{
    /// <summary>float32 throughout.</summary>
    Fp32,

    /// <summary>Weights are cast to bfloat16 for each convolution, and activations travel as bfloat16.</summary>
    /// <remarks>The float32 master weight stays: a pure bfloat16 weight of 1.0 ignores updates of 1e-3 for ever.</remarks>
    Bf16,
}
