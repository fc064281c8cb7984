namespace Cmcd.Repro.Reports.Plots;

/// <summary>Where names of points stand: beside them, on no mark and on no other name.</summary>
internal static class LabelPlaces
{
    /// <summary>Height of a name, in pixels of the drawing.</summary>
    public const double Height = 12;

    private const double Letter = 5.9, Nearest = 8, Step = 5;   // letters of 10 pixels, on the wide side: fonts differ
    private const int Rings = 40;

    private static readonly (double X, double Y)[] Directions = [(1, 0), (-1, 0), (0, -1), (0, 1), (0.7, -0.7), (-0.7, -0.7), (0.7, 0.7), (-0.7, 0.7)];

    /// <summary>Width of a name, in pixels of the drawing.</summary>
    public static double WidthOf(string name) => name.Length * Letter;

    /// <summary>A box for each name in turn; null where none is free, so that a name is rather left out than put upon another.</summary>
    /// <param name="points">Where the points lie and what they are called.</param>
    /// <param name="marks">What no name may cover: the mark of each point, in turn.</param>
    /// <param name="lines">What a name covers only when nothing else is free: intervals.</param>
    /// <param name="area">What they may not leave.</param>
    public static IReadOnlyList<Box?> Of(IReadOnlyList<(double X, double Y, string Name)> points, IReadOnlyList<Box> marks, IReadOnlyList<Box> lines, Box area)
    {
        var placed = new List<Box?>();
        foreach (var (place, (x, y, name)) in points.Index())
        {
            // The line that ties a name to its mark should pass no other.
            Box[] others = [.. marks.Where((_, mark) => mark != place), .. placed.OfType<Box>()];
            var candidates = Candidates(x, y, WidthOf(name)).Where(box => box.IsWithin(area) && !marks.Any(box.Overlaps) && !placed.OfType<Box>().Any(box.Overlaps)).Cast<Box?>().ToArray();
            placed.Add(candidates.FirstOrDefault(box => !lines.Any(box!.Value.Overlaps) && IsClear(box!.Value)) ?? candidates.FirstOrDefault(box => IsClear(box!.Value)) ?? candidates.FirstOrDefault());

            bool IsClear(Box box) => !others.Any(other => other.IsCut((x, y), box.Nearest(x, y)));
        }

        return placed;
    }

    private static IEnumerable<Box> Candidates(double x, double y, double width)
    {
        for (var ring = 0; ring < Rings; ring++)
            foreach (var (right, down) in Directions)
            {
                var (atX, atY) = (x + (right * (Nearest + (ring * Step))), y + (down * (Nearest + (ring * Step))));
                var left = right > 0 ? atX : right < 0 ? atX - width : atX - (width / 2);
                var top = down > 0 ? atY : down < 0 ? atY - Height : atY - (Height / 2);
                yield return new(left, top, left + width, top + Height);
            }
    }
}
