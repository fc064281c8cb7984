using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>The network between pixels and features, without projector or head.</summary>
/// <param name="Architecture">Blocks and their counts.</param>
/// <param name="Width">Channels of the first stage; 64 is the paper's 1x, 128 its 2x, 256 its 4x; [1, 1024].</param>
/// <param name="Stem">First layer.</param>
/// <param name="InputChannels">Channels C of an image; 1 (grey) to 3 (colour).</param>
/// <param name="Precision">Number format of the convolutions.</param>
/// <param name="SamePaddedPool">
/// The ImageNet stem's max-pool pads at the bottom and right only (TensorFlow's SAME, as in the official checkpoints) instead of all round.
/// Without effect for the other stems.
/// </param>
public sealed record EncoderSettings(
    Architecture Architecture,
    [Range(1, 1024)] int Width,
    Stem Stem,
    [Range(1, 3)] int InputChannels,
    Precision Precision,
    bool SamePaddedPool);
