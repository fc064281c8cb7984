using static TorchSharp.torch;

namespace Cmcd.Repro.Datasets.Images;

/// <summary>Grey images as networks for colour read them: the one channel three times. Stored once, which is a third of the disk.</summary>
internal sealed class GreyAsColour(IImageSet grey) : IImageSet
{
    /// <inheritdoc/>
    public int Count => grey.Count;

    /// <inheritdoc/>
    public int Frames => grey.Frames;

    /// <inheritdoc/>
    public int Channels => 3;

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
        using var images = grey.Read(indices);
        return images.repeat(1, 3, 1, 1);
    }
}
