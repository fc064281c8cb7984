using static TorchSharp.torch;

namespace Cmcd.Repro.Datasets;

/// <summary>Images of a large set, read from its decoded file batch by batch.</summary>
/// <param name="items">Opens the file; called when the first image is read.</param>
/// <param name="positions">Where in the file each item lies: a split is a list of positions, not a file of its own.</param>
/// <param name="height">Pixels.</param>
/// <param name="width">Pixels.</param>
/// <param name="background">What lies outside an image.</param>
/// <param name="channels">1 for grey, 3 for colour.</param>
/// <param name="frames">Images per item.</param>
/// <param name="reachesEdges">The test view may cut nothing off.</param>
internal sealed class PackedImages(
    Lazy<PackedItems> items, IReadOnlyList<int> positions, int height, int width, byte background, int channels = 1, int frames = 1, bool reachesEdges = false) : IImageSet
{
    /// <inheritdoc/>
    public int Count => positions.Count;

    /// <inheritdoc/>
    public int Frames => frames;

    /// <inheritdoc/>
    public int Channels => channels;

    /// <inheritdoc/>
    public int Height => height;

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public byte Background => background;

    /// <inheritdoc/>
    public bool ReachesEdges => reachesEdges;

    /// <inheritdoc/>
    public Tensor Read(ReadOnlySpan<int> indices)
    {
        var length = frames * channels * height * width;
        var bytes = new byte[(long)indices.Length * length];
        for (var i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)positions.Count)
                throw new ArgumentOutOfRangeException(nameof(indices), indices[i], $"Expected positions from 0 to {positions.Count - 1}.");
            items.Value.Read(positions[indices[i]], bytes.AsSpan(i * length, length));
        }

        var images = empty([(long)indices.Length * frames, channels, height, width], dtype: ScalarType.Byte);
        images.bytes = bytes;
        return images;
    }
}
