using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>A room and what stands in it: its middle at x = z = 0, the floor at y = 0, lengths in metres.</summary>
/// <param name="Half">Half width, full height, half depth.</param>
/// <param name="Floor">Its surface.</param>
/// <param name="Ceiling">Its surface.</param>
/// <param name="WallPaint">One surface per wall.</param>
/// <param name="Walls">Four, by index.</param>
/// <param name="Openings">Windows.</param>
/// <param name="Clusters">Everything else.</param>
/// <param name="Lamps">All that shines.</param>
/// <param name="Grain">The noise behind all patterns.</param>
internal sealed record Scene(
    Vector3 Half, Material Floor, Material Ceiling, IReadOnlyList<Material> WallPaint, IReadOnlyList<Wall> Walls,
    IReadOnlyList<Opening> Openings, Cluster[] Clusters, IReadOnlyList<Lamp> Lamps, Grain Grain)
{
    /// <summary>The first surface on a ray from inside the room.</summary>
    public Hit Trace(in Ray ray)
    {
        var nearest = float.PositiveInfinity;
        Solid? first = null;
        foreach (var cluster in Clusters) cluster.Nearest(ray, ref nearest, ref first);
        var shell = Shell(ray, nearest);
        if (first is null || shell.Distance < nearest) return shell;

        var point = ray.At(nearest);
        var (normal, local) = first.Surface(point);
        return new(nearest, point, normal, Hit.Along(local, Directions.TurnedBack(normal, first.Turn)), first.Material, first.Label);
    }

    /// <summary>Whether something stands between two points of the room.</summary>
    public bool IsBlocked(Vector3 from, Vector3 to)
    {
        var ray = new Ray(from, to - from);
        foreach (var cluster in Clusters)
        {
            if (cluster.ThrowsShadow && cluster.Blocks(ray, before: 1)) return true;
        }

        return false;
    }

    private Hit Shell(in Ray ray, float before)
    {
        var way = ray.Direction;
        var across = Until(ray.Origin.X, way.X, -Half.X, Half.X);
        var along = Until(ray.Origin.Z, way.Z, -Half.Z, Half.Z);
        var level = Until(ray.Origin.Y, way.Y, 0, Half.Y);
        var distance = MathF.Min(level, MathF.Min(across, along));
        if (distance > before) return new(distance, default, default, default, Floor, 0);          // hidden: only its distance counts

        var point = ray.At(distance);
        if (distance == level)
        {
            var (surface, label) = way.Y < 0 ? (Floor, RoomClass.Floor) : (Ceiling, RoomClass.Ceiling);
            return new(distance, point, new(0, -MathF.CopySign(1, way.Y), 0), new(point.X, point.Z), surface, (byte)label);
        }

        var wall = Walls[distance == along ? (way.Z < 0 ? 0 : 2) : (way.X < 0 ? 1 : 3)];
        foreach (var opening in Openings)
        {
            if (opening.Wall.Index != wall.Index || opening.Behind(wall.Local(ray)) is not { } end) continue;
            point = ray.At(end.Distance);
            var local = Directions.TurnedBack(point, wall.Turn) - new Vector3((opening.Low + opening.High) / 2, 0);
            return new(end.Distance, point, Directions.Turned(end.Normal, wall.Turn), Hit.Along(local, end.Normal), end.Material, (byte)RoomClass.Window);
        }

        var normal = Directions.Turned(Vector3.UnitZ, wall.Turn);
        return new(distance, point, normal, Hit.Along(point, normal), WallPaint[wall.Index], (byte)RoomClass.Wall);
    }

    /// <summary>Distance to the plane ahead.</summary>
    private static float Until(float from, float way, float low, float high) =>
        way > 0 ? (high - from) / way : way < 0 ? (low - from) / way : float.PositiveInfinity;
}
