using static TorchSharp.torch;

namespace Cmcd.Repro.Models;

/// <summary>The memory order in which libtorch's CPU convolutions are fastest: 1.2 to 1.35 times the default order's speed on a ResNet-18.</summary>
/// <remarks>TorchSharp's memory_format argument does nothing, so the strides are made here. Later operators keep what they are given.</remarks>
internal static class ChannelsLast
{
    /// <summary>A copy of [N, C, H, W] whose channels lie next to each other; gradients flow through.</summary>
    /// <remarks>Explicit strides, because permute + contiguous leaves one-channel images in the default order.</remarks>
    public static Tensor Copy(Tensor x, ScalarType type)
    {
        var (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3]);
        long[] strides = [channels * height * width, 1, width * channels, channels];
        return empty_strided(x.shape, strides, dtype: type, device: x.device).copy_(x);
    }
}
