using System.Numerics;
using Cmcd.Repro.Datasets.Scenes;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Tests.Datasets.Scenes;

public class FloorPlanTests
{
    private static readonly Vector3 Half = new(2, 2.5f, 2.2f);

    [Fact]
    public void Pieces_stand_inside_the_room_and_apart_from_each_other()
    {
        var random = new CounterRandom(seed: 5, Purpose.Test);
        var placed = new List<(Vector3 Low, Vector3 High)>();
        var plan = new FloorPlan(Half);
        for (var i = 0; i < 60; i++)
        {
            var piece = Furniture.Chair(ref random);
            if ((i % 2 == 0 ? plan.AgainstWall(piece, ref random) : plan.Anywhere(piece, ref random)) is not { } spot) continue;
            placed.Add(new Piece().Add(piece, spot.Position, spot.Turn).Extent);
        }

        Assert.InRange(placed.Count, 10, 59);                               // the room fills up, and then takes no more
        foreach (var (low, high) in placed)
        {
            Assert.True(low.X >= -Half.X && low.Z >= -Half.Z && high.X <= Half.X && high.Z <= Half.Z);
            Assert.Single(placed, other => low.X < other.High.X && other.Low.X < high.X && low.Z < other.High.Z && other.Low.Z < high.Z);     // itself
        }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Back_of_a_piece_faces_its_wall(int index)
    {
        var wall = new FloorPlan(Half).Walls[index];
        var front = Directions.Turned(Vector3.UnitZ, wall.Turn);
        var middle = wall.At(0, 0, 0);

        Assert.Equal(wall.Distance, -Vector3.Dot(middle, front), 1e-6f);    // the wall lies behind
        Assert.Equal(wall.Distance, middle.Length(), 1e-6f);
        Assert.Equal(wall.At(0.5f, 1, 0.25f), middle + Directions.Turned(new(0.5f, 1, 0.25f), wall.Turn));
    }

    [Fact]
    public void Chair_may_reach_under_its_table_but_not_under_another()
    {
        var random = new CounterRandom(seed: 6, Purpose.Test);
        var (plan, table, chair) = (new FloorPlan(new(3, 2.5f, 3)), Furniture.Table(0.75f, new(0.6f, 0.4f), isRound: false, ref random), Furniture.Chair(ref random));

        Assert.True(plan.Take(table, new(Vector3.Zero, Directions.Ahead)));
        Assert.False(plan.Take(chair, new(new(0, 0, 0.4f), Directions.Ahead)));
        Assert.True(plan.Take(chair, new(new(0, 0, 0.4f), Directions.Ahead), under: plan.Last));
        Assert.False(plan.IsStandingRoom(new(0, 1.5f, 0.4f)));
        Assert.True(plan.IsStandingRoom(new(-2, 1.5f, -2)));
    }

    /// <summary>Below what does not stand on the floor nor hang on a wall or the ceiling, there is a surface within 2 mm.</summary>
    [Fact]
    public void Nothing_floats()
    {
        var standing = 0;
        for (var id = 100_000L; id < 100_040; id++)
        {
            var (scene, _) = ScenePainter.Stage(id);
            foreach (var (low, high) in scene.Clusters.Select(cluster => cluster.Extent))
            {
                var middle = (low + high) / 2;
                var wall = MathF.Min(scene.Half.X - MathF.Max(-low.X, high.X), scene.Half.Z - MathF.Max(-low.Z, high.Z));
                var isHung = high.Y > scene.Half.Y - 1e-4f || (wall < 1e-4f && low.Y > 0.3f);
                if (low.Y < 1e-4f || isHung) continue;

                Assert.InRange(scene.Trace(new(new(middle.X, low.Y + 1e-3f, middle.Z), -Vector3.UnitY)).Distance, 0, 3e-3f);
                standing++;
            }
        }

        Assert.True(standing > 100);
    }
}
