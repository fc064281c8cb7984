using Cmcd.Repro.Datasets;
using TorchSharp;

namespace Cmcd.Repro.Tests.Pipeline;

/// <summary>Clips whose frames are consecutive items of a set of images, or one item repeated.</summary>
/// <param name="images">Single images.</param>
/// <param name="frames">Frames of a clip.</param>
/// <param name="repeated">Every frame shows the clip's first item.</param>
internal sealed class SyntheticClips(IImageSet images, int frames, bool repeated = false) : IImageSet
{
    public int Count => repeated ? images.Count : images.Count / frames;

    public int Frames => frames;

    public int Channels => images.Channels;

    public int Height => images.Height;

    public int Width => images.Width;

    public byte Background => images.Background;

    public torch.Tensor Read(ReadOnlySpan<int> indices)
    {
        var items = new int[indices.Length * frames];
        for (var i = 0; i < items.Length; i++) items[i] = repeated ? indices[i / frames] : (indices[i / frames] * frames) + (i % frames);
        return images.Read(items);
    }
}
