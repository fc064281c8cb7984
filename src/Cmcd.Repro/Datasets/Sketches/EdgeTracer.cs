using System.Numerics;

namespace Cmcd.Repro.Datasets.Sketches;

/// <summary>Finds the lines a person would draw: the outline of the object and its main inner edges, as curves.</summary>
/// <remarks>
/// Canny's steps (smooth, gradient, thin to ridges, follow from strong to weak) on a grid of half pixels. Only + - × ÷ √ are used,
/// never a library function: IEEE 754 then gives the same bits on every platform.
/// </remarks>
internal static class EdgeTracer
{
    private const int Side = SketchArtist.Side;
    private const int Fine = 2 * Side;
    private const float StepPerSlope = 4f;        // a unit step, blurred by both passes, has a slope of about 1/4 per half pixel

    /// <param name="photo">[32 × 32] bytes, row by row.</param>
    /// <param name="style">Thresholds.</param>
    /// <returns>Curves in pixels of the frame, points about one pixel apart.</returns>
    public static List<Vector2[]> Trace(ReadOnlySpan<byte> photo, SketchStyle style)
    {
        var tone = Blur(Blur(Enlarge(photo)));
        var slope = new float[Fine * Fine];
        var isRidge = Ridges(tone, slope);
        var used = new bool[Fine * Fine];
        var curves = new List<Vector2[]>();
        for (var start = 0; start < slope.Length; start++)
        {
            if (!isRidge[start] || used[start] || slope[start] * StepPerSlope < style.EdgeStart)
                continue;

            used[start] = true;
            var ahead = Follow(start, default, isRidge, used, slope, style.EdgeEnd);
            var back = Follow(start, ahead.Count > 0 ? Position(start) - Position(ahead[0]) : default, isRidge, used, slope, style.EdgeEnd);
            back.Reverse();
            var curve = Smooth([.. back.Append(start).Concat(ahead).Select(Position)]);
            if (Length(curve) >= style.ShortestEdge)
                curves.Add(curve);
        }

        return curves;
    }

    private static float[] Enlarge(ReadOnlySpan<byte> photo)
    {
        var rows = new float[Fine * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var u = 0; u < Fine; u++)
            {
                var near = photo[(y * Side) + (u / 2)];
                var far = photo[(y * Side) + Math.Clamp((u / 2) + ((u & 1) == 0 ? -1 : 1), 0, Side - 1)];
                rows[(y * Fine) + u] = MathF.Sqrt(((0.75f * near) + (0.25f * far)) / 255f);
            }
        }

        var fine = new float[Fine * Fine];
        for (var v = 0; v < Fine; v++)
        {
            var near = v / 2 * Fine;
            var far = Math.Clamp((v / 2) + ((v & 1) == 0 ? -1 : 1), 0, Side - 1) * Fine;
            for (var u = 0; u < Fine; u++)
                fine[(v * Fine) + u] = (0.75f * rows[near + u]) + (0.25f * rows[far + u]);
        }

        return fine;
    }

    /// <summary>Binomial 1 4 6 4 1 in both directions; the border of two half pixels stays as it is.</summary>
    private static float[] Blur(float[] image)
    {
        var across = (float[])image.Clone();
        for (var y = 0; y < Fine; y++)
        {
            for (var i = (y * Fine) + 2; i < (y * Fine) + Fine - 2; i++)
                across[i] = (image[i - 2] + image[i + 2] + (4 * (image[i - 1] + image[i + 1])) + (6 * image[i])) * 0.0625f;
        }

        var both = (float[])across.Clone();
        for (var i = 2 * Fine; i < (Fine - 2) * Fine; i++)
            both[i] = (across[i - (2 * Fine)] + across[i + (2 * Fine)] + (4 * (across[i - Fine] + across[i + Fine])) + (6 * across[i])) * 0.0625f;
        return both;
    }

    /// <summary>Fills slope (tone per half pixel) and marks where it is largest across the edge.</summary>
    private static bool[] Ridges(float[] tone, float[] slope)
    {
        var slopeX = new float[Fine * Fine];
        var slopeY = new float[Fine * Fine];
        for (var y = 1; y < Fine - 1; y++)
        {
            for (var i = (y * Fine) + 1; i < (y * Fine) + Fine - 1; i++)
            {
                slopeX[i] = 0.5f * (tone[i + 1] - tone[i - 1]);
                slopeY[i] = 0.5f * (tone[i + Fine] - tone[i - Fine]);
                slope[i] = MathF.Sqrt((slopeX[i] * slopeX[i]) + (slopeY[i] * slopeY[i]));
            }
        }

        var isRidge = new bool[Fine * Fine];
        for (var y = 1; y < Fine - 1; y++)
        {
            for (var i = (y * Fine) + 1; i < (y * Fine) + Fine - 1; i++)
                isRidge[i] = slope[i] > 0.01f && IsLargestAcross(i, slopeX[i], slopeY[i], slope);
        }

        return isRidge;
    }

    /// <summary>Compares with the slopes one step up and down the gradient, each between its two nearest grid points.</summary>
    private static bool IsLargestAcross(int i, float x, float y, float[] slope)
    {
        var (sizeX, sizeY) = (MathF.Abs(x), MathF.Abs(y));
        var straight = sizeX > sizeY ? MathF.Sign(x) : Fine * MathF.Sign(y);
        var diagonal = MathF.Sign(x) + (Fine * MathF.Sign(y));
        var part = sizeX > sizeY ? sizeY / sizeX : sizeX / sizeY;
        var up = ((1 - part) * slope[i + straight]) + (part * slope[i + diagonal]);
        var down = ((1 - part) * slope[i - straight]) + (part * slope[i - diagonal]);
        return slope[i] > up && slope[i] >= down;
    }

    /// <summary>Walks along the ridge, straight on where it can, until it fades; the start is not in the result.</summary>
    private static List<int> Follow(int from, Vector2 direction, bool[] isRidge, bool[] used, float[] slope, float edgeEnd)
    {
        var walk = new List<int>();
        for (var here = from; ;)
        {
            var (next, best) = (-1, -0.3f);
            foreach (var step in Neighbours)
            {
                var there = here + step;
                if (!isRidge[there] || used[there] || slope[there] * StepPerSlope < edgeEnd)
                    continue;

                var way = Position(there) - Position(here);
                var straightness = direction == default ? slope[there] : Cosine(way, direction);
                if (straightness > best)
                    (next, best) = (there, straightness);
            }

            if (next < 0)
                return walk;

            foreach (var step in Neighbours)            // the walked ridge may be two points thick: take its whole width
                used[here + step] |= IsBeside(here + step, next);
            direction = (0.5f * direction) + (Position(next) - Position(here));
            walk.Add(next);
            here = next;
        }
    }

    private static ReadOnlySpan<int> Neighbours => [-Fine - 1, -Fine, -Fine + 1, -1, 1, Fine - 1, Fine, Fine + 1];

    private static bool IsBeside(int a, int b) => Math.Abs((a % Fine) - (b % Fine)) <= 1 && Math.Abs((a / Fine) - (b / Fine)) <= 1;

    private static Vector2 Position(int i) => new(((i % Fine) + 0.5f) * 0.5f, ((i / Fine) + 0.5f) * 0.5f);

    private static float Cosine(Vector2 a, Vector2 b) => ((a.X * b.X) + (a.Y * b.Y)) / MathF.Sqrt(((a.X * a.X) + (a.Y * a.Y)) * ((b.X * b.X) + (b.Y * b.Y)));

    private static float Length(Vector2[] curve)
    {
        var length = 0f;
        for (var i = 1; i < curve.Length; i++)
        {
            var way = curve[i] - curve[i - 1];
            length += MathF.Sqrt((way.X * way.X) + (way.Y * way.Y));
        }

        return length;
    }

    /// <summary>Takes the grid's stairs out (1 2 1, four times, ends fixed) and keeps every second point.</summary>
    private static Vector2[] Smooth(Vector2[] curve)
    {
        for (var pass = 0; pass < 4; pass++)
        {
            var before = curve[0];
            for (var i = 1; i < curve.Length - 1; i++)
                (before, curve[i]) = (curve[i], (before + curve[i + 1] + (2 * curve[i])) * 0.25f);
        }

        return [.. curve.Where((_, i) => i % 2 == 0 || i == curve.Length - 1)];
    }
}
