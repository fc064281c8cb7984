namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>A frame in the making: how much ink covers each pixel, antialiased; what crosses does not add up.</summary>
/// <param name="camera">From the scene to pixels.</param>
internal sealed class Canvas(Camera camera)
{
    /// <summary>Height and width of a frame, pixels.</summary>
    public const int Side = 32;

    private readonly float[] _ink = new float[Side * Side];

    /// <summary>Coverage of each pixel, row by row from the top, in [0, 1].</summary>
    public ReadOnlySpan<float> Ink => _ink;

    public void Clear() => _ink.AsSpan().Clear();

    /// <summary>A filled circle.</summary>
    /// <param name="x">Centre, scene.</param>
    /// <param name="y">Centre, scene.</param>
    /// <param name="radius">Scene.</param>
    /// <param name="tone">Ink, [0, 1].</param>
    public void Disc(double x, double y, double radius, double tone)
    {
        var ((left, top), reach) = (camera.Pixel(x, y), radius * camera.Zoom);
        Cover(left, top, left, top, reach, gap => reach - gap, tone);
    }

    /// <summary>The outline of a circle.</summary>
    /// <param name="x">Centre, scene.</param>
    /// <param name="y">Centre, scene.</param>
    /// <param name="radius">Of the line's middle, scene.</param>
    /// <param name="width">Of the line, scene.</param>
    /// <param name="tone">Ink, [0, 1].</param>
    public void Ring(double x, double y, double radius, double width, double tone)
    {
        var ((left, top), middle, half) = (camera.Pixel(x, y), radius * camera.Zoom, width * camera.Zoom / 2);
        Cover(left, top, left, top, middle + half, gap => half - Math.Abs(gap - middle), tone);
    }

    /// <summary>A line with round ends.</summary>
    /// <param name="x1">Start, scene.</param>
    /// <param name="y1">Start, scene.</param>
    /// <param name="x2">End, scene.</param>
    /// <param name="y2">End, scene.</param>
    /// <param name="width">Scene.</param>
    /// <param name="tone">Ink, [0, 1].</param>
    public void Line(double x1, double y1, double x2, double y2, double width, double tone)
    {
        var (from, to, half) = (camera.Pixel(x1, y1), camera.Pixel(x2, y2), width * camera.Zoom / 2);
        Cover(from.X, from.Y, to.X, to.Y, half, gap => half - gap, tone);
    }

    /// <summary>A ball, or another round thing, as its material looks: metal full, wood grey, rubber pale, glass empty.</summary>
    /// <param name="x">Centre, scene.</param>
    /// <param name="y">Centre, scene.</param>
    /// <param name="radius">Scene.</param>
    /// <param name="material">Decides the inside.</param>
    public void Ball(double x, double y, double radius, Material material)
    {
        Disc(x, y, radius, ToneOf(material));
        Ring(x, y, radius - 0.015, 0.03, 1);
    }

    /// <summary>How dark the inside of a thing looks.</summary>
    public static double ToneOf(Material material) => material switch { Material.Metal => 1, Material.Wood => 0.7, Material.Rubber => 0.4, _ => 0.1 };

    /// <summary>Inks every pixel by how far it lies inside a shape around the line from (x1, y1) to (x2, y2), at most fully.</summary>
    private void Cover(double x1, double y1, double x2, double y2, double reach, Func<double, double> depth, double tone)
    {
        reach += 0.5;
        var (left, right) = (Math.Max(0, (int)(Math.Min(x1, x2) - reach)), Math.Min(Side - 1, (int)(Math.Max(x1, x2) + reach)));
        var (top, bottom) = (Math.Max(0, (int)(Math.Min(y1, y2) - reach)), Math.Min(Side - 1, (int)(Math.Max(y1, y2) + reach)));
        var (wayX, wayY) = (x2 - x1, y2 - y1);
        var squared = Math.Max((wayX * wayX) + (wayY * wayY), 1e-9);
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                var (apartX, apartY) = (column + 0.5 - x1, row + 0.5 - y1);
                var part = Math.Clamp(((apartX * wayX) + (apartY * wayY)) / squared, 0, 1);
                var (gapX, gapY) = (apartX - (wayX * part), apartY - (wayY * part));
                var cover = Math.Clamp(depth(Math.Sqrt((gapX * gapX) + (gapY * gapY))) + 0.5, 0, 1);
                ref var ink = ref _ink[(row * Side) + column];
                ink = Math.Max(ink, (float)(cover * tone));
            }
        }
    }
}
