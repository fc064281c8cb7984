using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

internal enum Form { Box, Cylinder, Ball }

/// <summary>A box, an upright cylinder or a ball, stretched along its axes and turned about the vertical.</summary>
/// <remarks>
/// In its own frame, divided by its half size, it is [-1, 1]³, the unit cylinder or the unit ball; distances along a ray are the same there.
/// Only its outside is seen: a ray that starts inside passes.
/// </remarks>
internal sealed record Solid(Form Form, Vector3 Centre, Vector3 Half, Vector2 Turn, Material Material, byte Label)
{
    private readonly Vector3 _scale = Vector3.One / Half;

    /// <returns>The distance at which the ray enters, or +∞.</returns>
    public float Distance(in Ray ray)
    {
        var from = Directions.TurnedBack(ray.Origin - Centre, Turn) * _scale;
        var way = Directions.TurnedBack(ray.Direction, Turn) * _scale;
        var (enter, leave) = (float.NegativeInfinity, float.PositiveInfinity);
        if (Form == Form.Box)
        {
            Slab(from.X, way.X, ref enter, ref leave);
            Slab(from.Z, way.Z, ref enter, ref leave);
        }
        else
        {
            Round(from, way, Form == Form.Ball ? 1 : 0, ref enter, ref leave);
        }

        if (Form != Form.Ball) Slab(from.Y, way.Y, ref enter, ref leave);
        return enter > 0 && enter < leave ? enter : float.PositiveInfinity;
    }

    /// <param name="point">On the surface, room coordinates.</param>
    /// <returns>Outward normal of length one, and the point in metres from the centre along the solid's own axes.</returns>
    public (Vector3 Normal, Vector3 Local) Surface(Vector3 point)
    {
        var local = Directions.TurnedBack(point - Centre, Turn);
        var unit = local * _scale;
        var size = Vector3.Abs(unit);
        var normal = Form switch
        {
            Form.Ball => unit,
            Form.Cylinder => size.Y > 0.9999f ? new(0, unit.Y, 0) : new(unit.X, 0, unit.Z),
            _ when size.X >= size.Y && size.X >= size.Z => new(unit.X, 0, 0),
            _ when size.Y >= size.Z => new(0, unit.Y, 0),
            _ => new(0, 0, unit.Z),
        };
        return (Directions.Turned(Directions.Unit(normal * _scale), Turn), local);
    }

    private static void Slab(float from, float way, ref float enter, ref float leave)
    {
        var (inverse, side) = (1 / way, MathF.CopySign(1, way));     // along the slab ±∞: both ends lie at ±∞, inside or outside
        var (near, far) = ((-side - from) * inverse, (side - from) * inverse);
        if (near > enter) enter = near;
        if (far < leave) leave = far;
    }

    /// <summary>x² + z² (+ y² for a ball) = 1.</summary>
    private static void Round(Vector3 from, Vector3 way, float vertical, ref float enter, ref float leave)
    {
        var weight = new Vector3(1, vertical, 1);
        var (a, b, c) = (Directions.Dot(way, way * weight), Directions.Dot(from, way * weight), Directions.Dot(from, from * weight) - 1);
        if (a == 0 && c < 0) return;                     // straight up or down inside a cylinder's side
        var discriminant = (b * b) - (a * c);
        if (discriminant <= 0)
        {
            enter = float.PositiveInfinity;
            return;
        }

        var root = MathF.Sqrt(discriminant);
        (enter, leave) = ((-b - root) / a, (root - b) / a);
    }
}
