namespace Cmcd.Repro.Augmentations;

/// <summary>The crop of a label map that belongs to a view of its image, by nearest neighbour: classes are never mixed.</summary>
/// <remarks>
/// View pixel i stands at crop.Left + (i + 1/2)·width/size on the image's axis, as in <see cref="ResizeMatrix"/>; the label is that of the map's pixel there. A map of
/// another size than the image is measured by the image's axis. Whole numbers only, so that no rounding decides a class.
/// </remarks>
internal static class LabelCrop
{
    /// <summary>Writes the view [size, size] of one map [height, width].</summary>
    public static void Fill(ReadOnlySpan<byte> labels, int height, int width, Span<byte> view, int size, Crop crop, int imageHeight, int imageWidth)
    {
        var columns = new int[size];
        for (var x = 0; x < size; x++) columns[crop.Flip ? size - 1 - x : x] = Place(x, size, crop.Left, crop.Width, imageWidth, width);
        for (var y = 0; y < size; y++)
        {
            var row = labels.Slice(Place(y, size, crop.Top, crop.Height, imageHeight, height) * width, width);
            for (var x = 0; x < size; x++) view[(y * size) + x] = row[columns[x]];
        }
    }

    // ⌊(begin + (i + 1/2)·length/size) · labels/image⌋
    private static int Place(int i, int size, int begin, int length, int image, int labels) =>
        (int)(((2L * size * begin) + (((2L * i) + 1) * length)) * labels / (2L * size * image));
}
