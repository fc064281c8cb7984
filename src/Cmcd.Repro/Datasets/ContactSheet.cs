using SkiaSharp;

namespace Cmcd.Repro.Datasets;

/// <summary>A page of examples as a PNG, three screen pixels per pixel: to judge by eye what the networks are shown.</summary>
/// <remarks>
/// Rows are examples, in class order where there is one class each; a fashion row is a photo and its sketches, a rooms row is four scenes with colour,
/// depth (white from 6 m, black where missing) and labels; an impacts row is a clip's frames and its spectrogram. Cells are as large as the largest image.
/// </remarks>
public sealed class ContactSheet
{
    /// <summary>Screen pixels per image pixel.</summary>
    public const int Zoom = 3;

    /// <summary>Screen pixels between cells and around them.</summary>
    public const int Gap = 6;

    /// <summary>Clips shown of each class.</summary>
    internal const int ClipsPerClass = 3;

    private const byte Frame = 200;          // light grey, told from both backgrounds

    /// <summary>Classes 0, 1, …; experiments/data/README.md names them. Void is black.</summary>
    private static readonly SKColor[] LabelColours =
    [
        new(230, 60, 60), new(250, 160, 30), new(225, 225, 240), new(60, 90, 220), new(150, 105, 60), new(20, 130, 130), new(255, 90, 200),
        new(250, 240, 60), new(150, 40, 190), new(60, 190, 60), new(0, 240, 240), new(170, 170, 150), new(150, 210, 255),
    ];

    private readonly IReadOnlyList<Tile[]> _rows;
    private readonly int _cellHeight, _cellWidth;

    private ContactSheet(IReadOnlyList<Tile[]> rows)
    {
        _rows = rows;
        _cellHeight = (rows.Max(row => row.Max(tile => tile.Height)) * Zoom) + Gap;
        _cellWidth = (rows.Max(row => row.Max(tile => tile.Width)) * Zoom) + Gap;
        (Width, Height) = (Gap + (rows.Max(row => row.Length) * _cellWidth), Gap + (rows.Count * _cellHeight));
    }

    /// <summary>Screen pixels of the page.</summary>
    public int Width { get; }

    /// <summary>Screen pixels of the page.</summary>
    public int Height { get; }

    /// <summary>Per class one row of three examples: each the photo and its first sketches.</summary>
    internal static ContactSheet Of(FashionSketch dataset, LabelledDataset split)
    {
        const int PerClass = 3, Pixels = FashionSketch.Side * FashionSketch.Side;
        var count = split.Classes.Count * PerClass;                  // the order is balanced: this prefix has three of each class
        var photos = dataset.PhotosOf("train", count);
        var sketches = dataset.SketchesOf("train", count, FashionSketch.SketchesPerPhoto);
        return new([.. split.Classes.Select((_, label) => FirstOf(split, label, PerClass).SelectMany(item =>
            sketches.Chunk(Pixels).Skip(item * FashionSketch.SketchesPerPhoto).Take(FashionSketch.SketchesPerPhoto)
                .Prepend(photos[(item * Pixels)..((item + 1) * Pixels)]).Select(pixels => new Tile(pixels, FashionSketch.Side, FashionSketch.Side))).ToArray())]);
    }

    /// <summary>Per class one row of its first drawings.</summary>
    internal static ContactSheet Of(LabelledDataset split)
    {
        const int PerClass = 15;
        return new([.. split.Classes.Select((_, label) => FirstOf(split, label, PerClass).Select(item => TileOf(split.Images, item)).ToArray())]);
    }

    /// <summary>Rows of four scenes: colour, depth and labels of each.</summary>
    /// <param name="pairs">Colour and depth.</param>
    /// <param name="labelled">Labels of the same scenes.</param>
    internal static ContactSheet Of(PairedDataset pairs, SegmentedDataset labelled)
    {
        const int Scenes = 4;
        return new([.. Enumerable.Range(0, pairs.Source.Count / Scenes).Select(row => Enumerable.Range(row * Scenes, Scenes).SelectMany(scene => new[]
        {
            TileOf(pairs.Source, scene), Brightened(TileOf(pairs.Target, scene)), Coloured(TileOf(labelled.Labels, scene)),
        }).ToArray())]);
    }

    /// <summary>Per class a few rows: the frames of a clip, twice as large, then its spectrogram.</summary>
    internal static ContactSheet Of(PairedDataset pairs, int classes) => new([.. Enumerable.Range(0, classes * ClipsPerClass)
        .Select(row => (row % ClipsPerClass * classes) + (row / ClipsPerClass))           // items come in rounds of one per class
        .Select(item => TileOf(pairs.Source, item).Pixels.Chunk(pairs.Source.Height * pairs.Source.Width)
            .Select(frame => Doubled(new(frame, pairs.Source.Height, pairs.Source.Width))).Append(TileOf(pairs.Target, item)).ToArray())]);

    /// <summary>Writes the page; the folder must exist.</summary>
    /// <param name="path">File name, usually ending in .png.</param>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var page = new byte[Width * Height * 4];
        page.AsSpan().Fill(Frame);
        for (var row = 0; row < _rows.Count; row++)
        {
            for (var column = 0; column < _rows[row].Length; column++)
                Paste(page, _rows[row][column], Gap + (column * _cellWidth), Gap + (row * _cellHeight));
        }

        using var image = SKImage.FromPixelCopy(new SKImageInfo(Width, Height, SKColorType.Rgb888x), page);
        using var png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        using var file = File.Create(path);
        png.SaveTo(file);
    }

    private static IEnumerable<int> FirstOf(LabelledDataset split, int label, int count) =>
        Enumerable.Range(0, split.Labels.Count).Where(item => split.Labels[item] == label).Take(count);

    private static Tile TileOf(IImageSet images, int item)
    {
        using var image = images.Read([item]);
        return new(image.bytes.ToArray(), images.Height, images.Width);
    }

    private static Tile Brightened(Tile depth) => depth with { Pixels = [.. depth.Pixels.Select(value => (byte)Math.Min(255, value * 10 / 6))] };

    private static Tile Doubled(Tile image)
    {
        var doubled = new byte[4 * image.Pixels.Length];
        for (var i = 0; i < doubled.Length; i++) doubled[i] = image.Pixels[(i / (4 * image.Width) * image.Width) + (i % (2 * image.Width) / 2)];
        return new(doubled, 2 * image.Height, 2 * image.Width);
    }

    private static Tile Coloured(Tile labels)
    {
        var colours = labels.Pixels.Select(label => label < LabelColours.Length ? LabelColours[label] : SKColors.Black).ToArray();
        return labels with { Pixels = [.. colours.Select(colour => colour.Red), .. colours.Select(colour => colour.Green), .. colours.Select(colour => colour.Blue)] };
    }

    private void Paste(byte[] page, Tile tile, int left, int top)
    {
        var pixels = tile.Height * tile.Width;
        for (var y = 0; y < tile.Height * Zoom; y++)
        {
            for (var x = 0; x < tile.Width * Zoom; x++)
            {
                var (from, to) = ((y / Zoom * tile.Width) + (x / Zoom), 4 * (((top + y) * Width) + left + x));
                for (var channel = 0; channel < 3; channel++)
                    page[to + channel] = tile.Pixels[from + (tile.Pixels.Length == pixels ? 0 : channel * pixels)];
            }
        }
    }

    /// <summary>One image, [1 or 3, Height, Width].</summary>
    private sealed record Tile(byte[] Pixels, int Height, int Width);
}
