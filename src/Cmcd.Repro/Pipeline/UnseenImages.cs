using TorchSharp;

namespace Cmcd.Repro.Pipeline;

/// <summary>A test set that nobody may look at before training is over, and then once: a score that steers training cannot be had.</summary>
internal sealed class UnseenImages(Datasets.IImageSet images) : Datasets.IImageSet
{
    private readonly bool[] _read = new bool[images.Count];
    private bool _revealed;

    public int Count => images.Count;

    public int Frames => images.Frames;

    public int Channels => images.Channels;

    public int Height => images.Height;

    public int Width => images.Width;

    public byte Background => images.Background;

    public bool ReachesEdges => images.ReachesEdges;

    /// <summary>Items not read yet.</summary>
    public int Unread => _read.Count(read => !read);

    /// <summary>Training is over: the items may be read.</summary>
    public UnseenImages Reveal()
    {
        _revealed = true;
        return this;
    }

    /// <inheritdoc/>
    /// <exception cref="ProtocolViolationException">Training is not over, or an item was read before.</exception>
    public torch.Tensor Read(ReadOnlySpan<int> indices)
    {
        if (!_revealed) throw new ProtocolViolationException("The test set was read before the last update: its score could steer the training.");
        foreach (var index in indices)
        {
            if (_read[index]) throw new ProtocolViolationException($"Test item {index} was read twice: more than one state of the network was scored.");
            _read[index] = true;
        }

        return images.Read(indices);
    }
}
