using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Where a ray ends.</summary>
/// <param name="Distance">In lengths of the ray's direction.</param>
/// <param name="Point">Room coordinates, metres.</param>
/// <param name="Normal">Towards the side the ray comes from, length one.</param>
/// <param name="OnSurface">The point on the surface's own plane, metres: where its pattern is read.</param>
/// <param name="Material">What the surface looks like.</param>
/// <param name="Label">Class or <see cref="SegmentedDataset.Void"/>.</param>
internal readonly record struct Hit(float Distance, Vector3 Point, Vector3 Normal, Vector2 OnSurface, Material Material, byte Label)
{
    /// <summary>The two coordinates of a point that lie along a surface of that normal, the upward one last.</summary>
    public static Vector2 Along(Vector3 point, Vector3 normal)
    {
        var size = Vector3.Abs(normal);
        return size.Y > 0.7f ? new(point.X, point.Z) : size.X > size.Z ? new(point.Z, point.Y) : new(point.X, point.Y);
    }
}
