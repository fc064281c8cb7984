using System.Numerics;
using Cmcd.Repro.Datasets.Sketches;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>A pinhole camera with a square image.</summary>
/// <param name="Position">Room coordinates, metres.</param>
/// <param name="Forward">Viewing axis, length one.</param>
/// <param name="Right">Of the image, length one.</param>
/// <param name="Up">Of the image, length one.</param>
/// <param name="HalfWidth">Of the image at distance one: the tangent of half the field of view.</param>
internal sealed record Camera(Vector3 Position, Vector3 Forward, Vector3 Right, Vector3 Up, float HalfWidth)
{
    /// <param name="position">Room coordinates, metres.</param>
    /// <param name="heading">Viewing direction along the floor, (x, z), length one.</param>
    /// <param name="down">Angle below the horizon, radians; at most about 0.8.</param>
    /// <param name="roll">Angle about the viewing axis, radians; at most about 0.8.</param>
    /// <param name="halfWidth">Tangent of half the field of view.</param>
    public static Camera Of(Vector3 position, Vector2 heading, float down, float roll, float halfWidth)
    {
        var (pitch, tilt) = (Placement.Rotation(down), Placement.Rotation(roll));
        var right = new Vector3(heading.Y, 0, -heading.X);
        var up = new Vector3(heading.X * pitch.Y, pitch.X, heading.Y * pitch.Y);
        return new(position, new(heading.X * pitch.X, -pitch.Y, heading.Y * pitch.X), (right * tilt.X) + (up * tilt.Y), (up * tilt.X) - (right * tilt.Y), halfWidth);
    }

    /// <param name="x">0 at the left edge, 1 at the right.</param>
    /// <param name="y">0 at the upper edge, 1 at the lower.</param>
    /// <returns>A ray whose distances are depths: lengths along the viewing axis.</returns>
    public Ray Through(float x, float y) =>
        new(Position, Forward + (Right * (((2 * x) - 1) * HalfWidth)) + (Up * ((1 - (2 * y)) * HalfWidth)));
}
