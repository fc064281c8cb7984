using System.Numerics;

namespace Cmcd.Repro.Datasets.Sketches;

/// <summary>A white sheet of 32 x 32 pixels that takes antialiased lines with round ends.</summary>
internal sealed class Paper
{
    private const int Side = SketchArtist.Side;

    private readonly float[] _ink = new float[Side * Side];

    /// <summary>Covers each pixel by how far the line's edge lies beyond its centre, at most fully; lines that cross do not add up.</summary>
    /// <param name="from">Start, pixels; pixel (0, 0) has its centre at (0.5, 0.5).</param>
    /// <param name="to">End, pixels.</param>
    /// <param name="radius">Half the line's width, pixels.</param>
    public void Line(Vector2 from, Vector2 to, float radius)
    {
        var reach = radius + 0.5f;
        var left = Math.Max(0, (int)(MathF.Min(from.X, to.X) - reach));
        var right = Math.Min(Side - 1, (int)(MathF.Max(from.X, to.X) + reach));
        var top = Math.Max(0, (int)(MathF.Min(from.Y, to.Y) - reach));
        var bottom = Math.Min(Side - 1, (int)(MathF.Max(from.Y, to.Y) + reach));
        var way = to - from;
        var squared = MathF.Max((way.X * way.X) + (way.Y * way.Y), 1e-6f);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var apart = new Vector2(x + 0.5f, y + 0.5f) - from;
                var part = Math.Clamp(((apart.X * way.X) + (apart.Y * way.Y)) / squared, 0, 1);
                var gap = apart - (way * part);
                var cover = Math.Clamp(reach - MathF.Sqrt((gap.X * gap.X) + (gap.Y * gap.Y)), 0, MathF.Min(1, 2 * radius));
                _ink[(y * Side) + x] = MathF.Max(_ink[(y * Side) + x], cover);
            }
        }
    }

    /// <param name="image">[32 × 32] bytes: 255 white, 0 full ink.</param>
    public void CopyTo(Span<byte> image)
    {
        for (var i = 0; i < _ink.Length; i++)
            image[i] = (byte)(255.5f - (255f * _ink[i]));
    }
}
