using static TorchSharp.torch;

namespace Cmcd.Repro.Datasets;

/// <summary>Images of one channel as images of several equal ones: kept once, read for a network with a colour stem.</summary>
internal sealed class RepeatedChannel(IImageSet grey, int channels) : IImageSet
{
    /// <inheritdoc/>
    public int Count => grey.Count;

    /// <inheritdoc/>
    public int Frames => grey.Frames;

    /// <inheritdoc/>
    public int Channels => channels;

    /// <inheritdoc/>
    public int Height => grey.Height;

    /// <inheritdoc/>
    public int Width => grey.Width;

    /// <inheritdoc/>
    public byte Background => grey.Background;

    /// <inheritdoc/>
    public bool ReachesEdges => grey.ReachesEdges;

    /// <inheritdoc/>
    public Tensor Read(ReadOnlySpan<int> indices)
    {
        using var single = grey.Read(indices);                             // [B·F, 1, H, W]
        return single.repeat(1, channels, 1, 1);
    }
}
