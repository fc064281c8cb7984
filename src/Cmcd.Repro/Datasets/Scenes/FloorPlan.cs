using System.Numerics;
using Cmcd.Repro.Datasets.Sketches;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Which parts of floor and walls are taken. Every search gives up after a few draws: a crowded room just stays as it is.</summary>
internal sealed class FloorPlan
{
    private const float Play = 0.05f;                    // between two footprints, metres
    private const int Tries = 20;

    private readonly List<(Vector2 Low, Vector2 High)> _standing = [];
    private readonly List<(int Wall, Vector2 Low, Vector2 High)> _hanging = [];

    /// <param name="half">Half width, full height, half depth, metres.</param>
    public FloorPlan(Vector3 half)
    {
        Half = half;
        Walls = [new(0, half.X, half.Z), new(1, half.Z, half.X), new(2, half.X, half.Z), new(3, half.Z, half.X)];
    }

    public Vector3 Half { get; }

    public IReadOnlyList<Wall> Walls { get; }

    /// <summary>A free stretch of wall for the back of a piece.</summary>
    public Spot? AgainstWall(Piece piece, ref CounterRandom random)
    {
        var (low, high) = piece.Extent;
        for (var i = 0; i < Tries; i++)
        {
            var wall = Walls[random.NextInt(4)];
            var (least, most) = (-wall.HalfLength - low.X + Play, wall.HalfLength - high.X - Play);
            var along = random.NextUniform(least, most);
            var spot = new Spot(wall.At(along, 0, random.NextUniform(0.02f, 0.06f) - low.Z), wall.Turn);
            var (from, to) = (new Vector2(along + low.X, 0), new Vector2(along + high.X, high.Y));
            if (least > most || !IsWallFree(wall.Index, from, to) || !Take(piece, spot)) continue;
            _hanging.Add((wall.Index, from, to));
            return spot;
        }

        return null;
    }

    /// <summary>A free place on the floor, turned anyhow.</summary>
    public Spot? Anywhere(Piece piece, ref CounterRandom random)
    {
        for (var i = 0; i < Tries; i++)
        {
            var position = new Vector3(random.NextUniform(-Half.X, Half.X), 0, random.NextUniform(-Half.Z, Half.Z));
            var turn = Directions.Sum(Walls[random.NextInt(4)].Turn, Placement.Rotation(random.NextUniform(-0.6f, 0.6f)));
            if (Take(piece, new(position, turn))) return new(position, turn);
        }

        return null;
    }

    /// <summary>Takes one spot if it is free.</summary>
    /// <param name="piece">What shall stand there.</param>
    /// <param name="spot">Where.</param>
    /// <param name="under">A piece that it may reach under, such as the table of a chair: its place in the order of standing things.</param>
    public bool Take(Piece piece, Spot spot, int under = -1)
    {
        var (low, high) = Footprint(piece, spot);
        if (low.X < -Half.X || low.Y < -Half.Z || high.X > Half.X || high.Y > Half.Z) return false;
        for (var i = 0; i < _standing.Count; i++)
        {
            if (i != under && Overlap(low, high, _standing[i].Low - new Vector2(Play), _standing[i].High + new Vector2(Play))) return false;
        }

        _standing.Add((low, high));
        return true;
    }

    /// <summary>The number of the piece that was placed last.</summary>
    public int Last => _standing.Count - 1;

    /// <summary>A free part of a wall, behind nothing that stands there.</summary>
    /// <param name="piece">Built about its own middle, its back at z = 0.</param>
    /// <param name="least">Least height of its origin.</param>
    /// <param name="most">Largest height of its origin.</param>
    /// <param name="random">Draws the place.</param>
    public (Wall Wall, Vector2 At)? OnWall(Piece piece, float least, float most, ref CounterRandom random)
    {
        var (low, high) = piece.Extent;
        for (var i = 0; i < Tries; i++)
        {
            var wall = Walls[random.NextInt(4)];
            var at = new Vector2(random.NextUniform(-wall.HalfLength - low.X, wall.HalfLength - high.X), random.NextUniform(least, most));
            var (from, to) = (at + new Vector2(low.X, low.Y), at + new Vector2(high.X, high.Y));
            if (high.X - low.X > 2 * wall.HalfLength || to.Y > Half.Y || !IsWallFree(wall.Index, from, to)) continue;
            _hanging.Add((wall.Index, from, to));
            return (wall, at);
        }

        return null;
    }

    /// <summary>Whether a person can stand there, and with their eyes at that height.</summary>
    public bool IsStandingRoom(Vector3 eyes)
    {
        const float Body = 0.3f;
        var at = new Vector2(eyes.X, eyes.Z);
        return MathF.Abs(eyes.X) < Half.X - Body && MathF.Abs(eyes.Z) < Half.Z - Body
            && !_standing.Any(piece => Overlap(at - new Vector2(Body), at + new Vector2(Body), piece.Low, piece.High));
    }

    private bool IsWallFree(int wall, Vector2 low, Vector2 high) => !_hanging.Any(each => each.Wall == wall && Overlap(low, high, each.Low, each.High));

    private static bool Overlap(Vector2 low, Vector2 high, Vector2 otherLow, Vector2 otherHigh) =>
        low.X < otherHigh.X && otherLow.X < high.X && low.Y < otherHigh.Y && otherLow.Y < high.Y;

    private static (Vector2 Low, Vector2 High) Footprint(Piece piece, Spot spot)
    {
        var (low, high) = piece.Extent;
        var middle = Directions.Turned((low + high) / 2, spot.Turn) + spot.Position;
        var half = (high - low) / 2;
        var (cosine, sine) = (MathF.Abs(spot.Turn.X), MathF.Abs(spot.Turn.Y));
        var reach = new Vector2((cosine * half.X) + (sine * half.Z), (sine * half.X) + (cosine * half.Z));
        return (new Vector2(middle.X, middle.Z) - reach, new Vector2(middle.X, middle.Z) + reach);
    }
}
