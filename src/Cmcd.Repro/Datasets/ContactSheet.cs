using SkiaSharp;

namespace Cmcd.Repro.Datasets;

/// <summary>A page of examples as a PNG, three screen pixels per pixel: to judge by eye what the networks are shown.</summary>
/// <remarks>Rows are examples, in class order; a fashion row is a photo and its sketches, an impacts row a clip's frames and its spectrogram.</remarks>
public sealed class ContactSheet
{
    /// <summary>Screen pixels per image pixel.</summary>
    public const int Zoom = 3;

    /// <summary>Screen pixels between cells and around them.</summary>
    public const int Gap = 6;

    /// <summary>Clips shown of each class.</summary>
    internal const int ClipsPerClass = 3;

    private const byte Frame = 200;          // light grey, told from both backgrounds

    private readonly IReadOnlyList<byte[][]> _rows;
    private readonly int _side;

    private ContactSheet(IReadOnlyList<byte[][]> rows)
    {
        _rows = rows;
        _side = (int)Math.Sqrt(rows[0][0].Length);
        (Width, Height) = (Gap + (rows.Max(row => row.Length) * Cell), Gap + (rows.Count * Cell));
    }

    /// <summary>Screen pixels of the page.</summary>
    public int Width { get; }

    /// <summary>Screen pixels of the page.</summary>
    public int Height { get; }

    private int Cell => (_side * Zoom) + Gap;

    /// <summary>Per class one row of three examples: each the photo and its first sketches.</summary>
    internal static ContactSheet Of(FashionSketch dataset, LabelledDataset split)
    {
        const int PerClass = 3, Pixels = FashionSketch.Side * FashionSketch.Side;
        var count = split.Classes.Count * PerClass;                  // the order is balanced: this prefix has three of each class
        var photos = dataset.PhotosOf("train", count);
        var sketches = dataset.SketchesOf("train", count, FashionSketch.SketchesPerPhoto);
        return new([.. split.Classes.Select((_, label) => FirstOf(split, label, PerClass).SelectMany(item =>
            sketches.Chunk(Pixels).Skip(item * FashionSketch.SketchesPerPhoto).Take(FashionSketch.SketchesPerPhoto)
                .Prepend(photos[(item * Pixels)..((item + 1) * Pixels)])).ToArray())]);
    }

    /// <summary>Per class one row of its first drawings.</summary>
    internal static ContactSheet Of(LabelledDataset split)
    {
        const int PerClass = 15;
        return new([.. split.Classes.Select((_, label) => FirstOf(split, label, PerClass).Select(item => Pixels(split.Images, item)).ToArray())]);
    }

    /// <summary>Per class a few rows: the frames of a clip, twice as large, then its spectrogram.</summary>
    internal static ContactSheet Of(PairedDataset pairs, int classes) => new([.. Enumerable.Range(0, classes * ClipsPerClass)
        .Select(row => (row % ClipsPerClass * classes) + (row / ClipsPerClass))           // items come in rounds of one per class
        .Select(item => Pixels(pairs.Source, item).Chunk(pairs.Source.Height * pairs.Source.Width)
            .Select(frame => Doubled(frame, pairs.Source.Width)).Append(Pixels(pairs.Target, item)).ToArray())]);

    /// <summary>Writes the page; the folder must exist.</summary>
    /// <param name="path">File name, usually ending in .png.</param>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var page = new byte[Width * Height];
        page.AsSpan().Fill(Frame);
        for (var row = 0; row < _rows.Count; row++)
        {
            for (var column = 0; column < _rows[row].Length; column++)
                Paste(page, _rows[row][column], Gap + (column * Cell), Gap + (row * Cell));
        }

        using var image = SKImage.FromPixelCopy(new SKImageInfo(Width, Height, SKColorType.Gray8), page);
        using var png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        using var file = File.Create(path);
        png.SaveTo(file);
    }

    private static IEnumerable<int> FirstOf(LabelledDataset split, int label, int count) =>
        Enumerable.Range(0, split.Labels.Count).Where(item => split.Labels[item] == label).Take(count);

    private static byte[] Pixels(IImageSet images, int item)
    {
        using var image = images.Read([item]);
        return image.bytes.ToArray();
    }

    private static byte[] Doubled(byte[] image, int width)
    {
        var doubled = new byte[4 * image.Length];
        for (var i = 0; i < doubled.Length; i++) doubled[i] = image[(i / (4 * width) * width) + (i % (2 * width) / 2)];
        return doubled;
    }

    private void Paste(byte[] page, byte[] image, int left, int top)
    {
        for (var y = 0; y < _side * Zoom; y++)
        {
            for (var x = 0; x < _side * Zoom; x++)
                page[((top + y) * Width) + left + x] = image[(y / Zoom * _side) + (x / Zoom)];
        }
    }
}
