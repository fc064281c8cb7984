namespace Cmcd.Repro.Models;

/// <summary>Everything that fixes an encoder's shape and arithmetic; only the weights are missing.</summary>
/// <param name="Architecture">Depth and kind of block.</param>
/// <param name="Width">Channels of stage 1 before expansion, at least 1. 64 is the published "1x", 256 SimCLR's "4x".</param>
/// <param name="Stem">How the image is first read.</param>
/// <param name="InputChannels">C of the input [N, C, H, W], at least 1.</param>
/// <param name="Precision">Number format of the convolutions.</param>
/// <param name="SamePaddedPool">
/// Pads the stem's max-pooling as TensorFlow's SAME does (even sizes: right and bottom only), which SimCLR's published weights expect.
/// Needs <see cref="Stem.ImageNet"/>: the other stems do not pool.
/// </param>
public sealed record EncoderOptions(
    Architecture Architecture,
    int Width,
    Stem Stem,
    int InputChannels = 3,
    Precision Precision = Precision.Fp32,
    bool SamePaddedPool = false);
