using static TorchSharp.torch;

namespace Cmcd.Repro.Datasets;

/// <summary>Images held in memory as one uint8 tensor, built when they are first read.</summary>
/// <remarks>
/// Drawing ten thousand sketches takes seconds, and a run whose every stage is cached reads none of them. For one thread at a time.
/// The tensor lives as long as this object, whatever dispose scope the first reader stands in.
/// </remarks>
public sealed class ResidentImages : IImageSet
{
    private readonly Func<byte[]> _build;
    private Tensor? _images;

    /// <param name="count">Number of items.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="background">What lies outside an image.</param>
    /// <param name="build">Gives the pixels, count × frames × channels × height × width bytes; called at most once.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="frames">Images per item.</param>
    /// <param name="reachesEdges">The test view may cut nothing off.</param>
    public ResidentImages(int count, int height, int width, byte background, Func<byte[]> build, int channels = 1, int frames = 1, bool reachesEdges = false)
    {
        ArgumentNullException.ThrowIfNull(build);
        (Count, Height, Width, Background, _build, Channels, Frames, ReachesEdges) = (count, height, width, background, build, channels, frames, reachesEdges);
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Frames { get; }

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public byte Background { get; }

    /// <inheritdoc/>
    public bool ReachesEdges { get; }

    internal bool IsBuilt => _images is not null;

    /// <inheritdoc/>
    public Tensor Read(ReadOnlySpan<int> indices)
    {
        var rows = new long[indices.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            if ((uint)indices[i] >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(indices), indices[i], $"Expected positions from 0 to {Count - 1}.");
            rows[i] = indices[i];
        }

        _images ??= Build();
        using var positions = tensor(rows);
        var items = _images.index_select(0, positions);                    // [B, F, C, H, W]
        using (items) return items.flatten(0, 1);
    }

    private Tensor Build()
    {
        var pixels = _build();
        if (pixels.LongLength != (long)Count * Frames * Channels * Height * Width)
            throw new InvalidOperationException($"{Count} items of {Frames} x {Channels} x {Height} x {Width} were promised, {pixels.LongLength} bytes were built.");

        var images = empty([Count, Frames, Channels, Height, Width], dtype: ScalarType.Byte);
        images.bytes = pixels;
        return images.DetachFromDisposeScope();
    }
}
