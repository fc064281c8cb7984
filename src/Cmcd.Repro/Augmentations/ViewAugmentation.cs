using Cmcd.Repro.Randomness;
using static TorchSharp.torch;

namespace Cmcd.Repro.Augmentations;

/// <summary>Random views of a batch of images: crop, resize, flip, colour jitter, greyscale, blur, in SimCLR's order.</summary>
/// <remarks>
/// Each image has its own parameters, addressed by (seed, epoch, id, view) in <see cref="CounterRandom"/>: they do not depend on
/// the rest of the batch, and on the CPU, as the tests check, neither do the resulting bits; nor do they depend on the thread count.
/// The two sides of a pair share crop and flip when they are given the same ids, epoch, geometryView, image size and
/// options; different photometryViews keep their colours independent.
/// Source: google-research/simclr, data_util.py. Departures stand where they act: <see cref="Crop"/>, <see cref="ColourSteps"/>,
/// <see cref="GaussianBlur"/>; and the resize is antialiased, while TensorFlow's resize_bicubic is not.
/// </remarks>
public sealed class ViewAugmentation
{
    private readonly ViewOptions _options;
    private readonly long _seed;

    /// <param name="options">What a view is made of.</param>
    /// <param name="seed">The run's seed; 0 to 2^32 - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option or the seed is out of range.</exception>
    public ViewAugmentation(ViewOptions options, long seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _ = new CounterRandom(seed, Purpose.Geometry);
        (_options, _seed) = (options, seed);
    }

    /// <summary>One view of each image.</summary>
    /// <param name="images">uint8 [N, C, H, W], C = 1 or 3, any device.</param>
    /// <param name="ids">Dataset ids of the N images, at least 0.</param>
    /// <param name="epoch">Epoch, 0-based.</param>
    /// <param name="geometryView">View number for crop and flip, 0-based.</param>
    /// <param name="photometryView">View number for colour and blur, 0-based.</param>
    /// <returns>float32 [N, C, Size, Size] in [0, 1], without gradient, in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">images has another type or shape, or ids another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id, the epoch or a view is negative.</exception>
    public Tensor Apply(Tensor images, ReadOnlySpan<int> ids, int epoch, int geometryView, int photometryView)
    {
        UnitRange.RequireImages(images);
        if (ids.Length != images.shape[0]) throw new ArgumentException($"Got {ids.Length} ids for {images.shape[0]} images.", nameof(ids));

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var views = CropAndResize(images, ids, epoch, geometryView);

        var draws = new PhotometricDraw[ids.Length];
        for (var i = 0; i < draws.Length; i++)
        {
            var random = new CounterRandom(_seed, Purpose.Photometry, epoch, ids[i], photometryView);
            draws[i] = PhotometricDraw.Draw(ref random, _options);
        }

        // Chosen by the options, not by the draws: a batch in which nobody is drawn must take the same path.
        if (_options.JitterProbability > 0 || _options.GreyscaleProbability > 0) ColourSteps.Apply(views, draws, _options.Ink);
        if (_options.BlurProbability > 0) views = GaussianBlur.Apply(views, draws);
        return views.MoveToOuterDisposeScope();
    }

    /// <summary>The label maps of the views that <see cref="Apply"/> gives for the same ids, epoch and geometryView: same crop, same flip, nearest neighbour.</summary>
    /// <param name="labels">uint8 [N, 1, H, W] on the CPU: a class for each pixel. H and W may differ from the images'.</param>
    /// <param name="imageHeight">Height of the images; pixels.</param>
    /// <param name="imageWidth">Width of the images; pixels.</param>
    /// <param name="ids">Dataset ids of the N maps, at least 0.</param>
    /// <param name="epoch">Epoch, 0-based.</param>
    /// <param name="geometryView">View number for crop and flip, 0-based.</param>
    /// <returns>uint8 [N, Size, Size] on the CPU, in the caller's dispose scope. Crops lie inside the image: no label is made up.</returns>
    /// <exception cref="ArgumentException">labels has another type or shape, or ids another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id, the epoch or the view is negative, or a size is below 1.</exception>
    public Tensor ApplyToLabels(Tensor labels, int imageHeight, int imageWidth, ReadOnlySpan<int> ids, int epoch, int geometryView)
    {
        UnitRange.RequireImages(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(imageHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(imageWidth, 1);
        if (labels.shape[1] != 1) throw new ArgumentException($"Expected label maps [N, 1, H, W], got [{string.Join(", ", labels.shape)}].", nameof(labels));
        if (ids.Length != labels.shape[0]) throw new ArgumentException($"Got {ids.Length} ids for {labels.shape[0]} label maps.", nameof(ids));

        var (size, height, width) = (_options.Size, (int)labels.shape[2], (int)labels.shape[3]);
        using var scope = NewDisposeScope();
        var maps = labels.contiguous().bytes;
        var views = new byte[ids.Length * size * size];
        for (var i = 0; i < ids.Length; i++)
        {
            var crop = Geometry(ids[i], epoch, geometryView, imageHeight, imageWidth);
            LabelCrop.Fill(maps.Slice(i * height * width, height * width), height, width, views.AsSpan(i * size * size, size * size), size, crop, imageHeight, imageWidth);
        }

        return tensor(views, [ids.Length, size, size], dtype: ScalarType.Byte).MoveToOuterDisposeScope();
    }

    private Crop Geometry(int id, int epoch, int view, int imageHeight, int imageWidth)
    {
        var random = new CounterRandom(_seed, Purpose.Geometry, epoch, id, view);
        return Crop.Draw(ref random, _options, imageHeight, imageWidth);
    }

    private Tensor CropAndResize(Tensor images, ReadOnlySpan<int> ids, int epoch, int geometryView)
    {
        var (size, height, width) = (_options.Size, (int)images.shape[2], (int)images.shape[3]);
        var rows = ResizeMatrix.Zeros(ids.Length, size, height, out var rowMemory);           // [N, 1, S, H]
        var columns = ResizeMatrix.Zeros(ids.Length, size, width, out var columnMemory);      // [N, 1, S, W]
        for (var i = 0; i < ids.Length; i++)
        {
            var crop = Geometry(ids[i], epoch, geometryView, height, width);
            ResizeMatrix.Fill(rowMemory.Slice(i * size * height, size * height), height, size, crop.Top, crop.Height, false, _options.Interpolation);
            ResizeMatrix.Fill(columnMemory.Slice(i * size * width, size * width), width, size, crop.Left, crop.Width, crop.Flip, _options.Interpolation);
        }

        return UnitRange.FromBytes(ResizeMatrix.Multiply(images.to(float32), rows, columns));
    }
}
