using static TorchSharp.torch;

namespace Cmcd.Repro.Datasets;

/// <summary>Grey images held in memory as one uint8 tensor, built when they are first read.</summary>
/// <remarks>
/// Drawing ten thousand sketches takes seconds, and a run whose every stage is cached reads none of them. For one thread at a time.
/// The tensor lives as long as this object, whatever dispose scope the first reader stands in.
/// </remarks>
public sealed class ResidentImages : IImageSet
{
    private readonly Func<byte[]> _build;
    private Tensor? _images;

    /// <param name="count">Number of images.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="background">What lies outside an image.</param>
    /// <param name="build">Gives the pixels, count × height × width bytes; called at most once.</param>
    public ResidentImages(int count, int height, int width, byte background, Func<byte[]> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        (Count, Height, Width, Background, _build) = (count, height, width, background, build);
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Channels => 1;

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public byte Background { get; }

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
        return _images.index_select(0, positions);
    }

    private Tensor Build()
    {
        var pixels = _build();
        if (pixels.LongLength != (long)Count * Height * Width)
            throw new InvalidOperationException($"{Count} images of {Height} x {Width} were promised, {pixels.LongLength} bytes were built.");

        var images = empty([Count, 1, Height, Width], dtype: ScalarType.Byte);
        images.bytes = pixels;
        return images.DetachFromDisposeScope();
    }
}
