using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Products of directions from + - × ÷ √ in a fixed order: the library's own may sum in another order on another processor.</summary>
internal static class Directions
{
    /// <summary>No turn, as a (cosine, sine).</summary>
    public static readonly Vector2 Ahead = new(1, 0);

    public static float Dot(Vector3 a, Vector3 b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    public static float Length(Vector3 a) => MathF.Sqrt(Dot(a, a));

    public static Vector3 Unit(Vector3 a) => a / Length(a);

    /// <summary>Turns about the vertical, +z towards +x.</summary>
    /// <param name="a">Any vector.</param>
    /// <param name="turn">Cosine and sine of the angle.</param>
    public static Vector3 Turned(Vector3 a, Vector2 turn) => new((turn.X * a.X) + (turn.Y * a.Z), a.Y, (turn.X * a.Z) - (turn.Y * a.X));

    /// <summary>Undoes <see cref="Turned"/>.</summary>
    public static Vector3 TurnedBack(Vector3 a, Vector2 turn) => Turned(a, new(turn.X, -turn.Y));

    /// <summary>One turn after another.</summary>
    public static Vector2 Sum(Vector2 a, Vector2 b) => new((a.X * b.X) - (a.Y * b.Y), (a.Y * b.X) + (a.X * b.Y));
}
