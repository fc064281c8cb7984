using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>What stands for a clip: the mean over its frames, before any normalisation (O-17).</summary>
internal static class FrameMean
{
    /// <param name="perFrame">Features [N·F, D] or maps [N·F, C, H, W], the frames of a clip one after another.</param>
    /// <param name="frames">F; at 1 the tensor itself comes back.</param>
    /// <returns>[N, D] or [N, C, H, W].</returns>
    public static Tensor Of(Tensor perFrame, int frames) => frames == 1 ? perFrame : perFrame.unflatten(0, -1, frames).mean([1L]);
}
