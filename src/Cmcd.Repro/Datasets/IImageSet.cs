using static TorchSharp.torch;

namespace Cmcd.Repro.Datasets;

/// <summary>Images, or clips of F images, of one size, read by position: the same index always gives the same pixels.</summary>
/// <remarks>For one thread at a time. Knows nothing of labels, augmentation or batches.</remarks>
public interface IImageSet
{
    /// <summary>Number of items.</summary>
    int Count { get; }

    /// <summary>F, images per item: 1, or the frames of a clip.</summary>
    int Frames => 1;

    /// <summary>1 for grey, 3 for colour.</summary>
    int Channels { get; }

    /// <summary>Pixels.</summary>
    int Height { get; }

    /// <summary>Pixels.</summary>
    int Width { get; }

    /// <summary>What lies outside the image: 0 for photos (black), 255 for sketches (white).</summary>
    byte Background { get; }

    /// <summary>What matters reaches the edges, as the low tones of a spectrogram do: its test view is the whole image at any size.</summary>
    bool ReachesEdges => false;

    /// <summary>The items at the given positions, in that order.</summary>
    /// <param name="indices">Each in 0 … Count - 1; repeats are allowed.</param>
    /// <returns>[B·F, C, H, W], uint8, the frames of an item one after another. The caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the set.</exception>
    /// <exception cref="DatasetUnavailableException">The files behind the set were damaged since it was opened.</exception>
    Tensor Read(ReadOnlySpan<int> indices);
}
