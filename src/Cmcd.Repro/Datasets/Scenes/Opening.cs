using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>A window: a hole in a wall with a pane behind it, both in the wall's frame.</summary>
/// <param name="Wall">Which wall.</param>
/// <param name="Low">Least distance along the wall and height.</param>
/// <param name="High">Largest ones.</param>
/// <param name="Recess">How far the pane lies behind the wall's face, metres.</param>
/// <param name="Glass">The pane.</param>
/// <param name="Frame">The sides of the hole.</param>
internal sealed record Opening(Wall Wall, Vector2 Low, Vector2 High, float Recess, Material Glass, Material Frame)
{
    /// <param name="ray">In the wall's frame, from inside the room towards the wall.</param>
    /// <returns>Where the ray ends behind the hole; null if it does not pass the hole.</returns>
    public (float Distance, Material Material, Vector3 Normal)? Behind(in Ray ray)
    {
        var entry = ray.At(-ray.Origin.Z / ray.Direction.Z);
        if (entry.X < Low.X || entry.X > High.X || entry.Y < Low.Y || entry.Y > High.Y) return null;

        var pane = (-Recess - ray.Origin.Z) / ray.Direction.Z;
        var side = Until(ray.Origin.X, ray.Direction.X, Low.X, High.X);
        var level = Until(ray.Origin.Y, ray.Direction.Y, Low.Y, High.Y);
        if (pane <= side && pane <= level) return (pane, Glass, Vector3.UnitZ);
        return side < level
            ? (side, Frame, new(-MathF.CopySign(1, ray.Direction.X), 0, 0))
            : (level, Frame, new(0, -MathF.CopySign(1, ray.Direction.Y), 0));
    }

    private static float Until(float from, float way, float low, float high) =>
        way > 0 ? (high - from) / way : way < 0 ? (low - from) / way : float.PositiveInfinity;
}
