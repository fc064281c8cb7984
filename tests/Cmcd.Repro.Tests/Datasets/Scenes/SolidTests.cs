using System.Numerics;
using Cmcd.Repro.Datasets.Scenes;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Tests.Datasets.Scenes;

public class SolidTests
{
    private const float Tolerance = 1e-5f;               // metres; float32 and lengths of a few metres

    private static readonly Material Grey = new(Pattern.Plain, new(0.5f), new(0.5f), 1, 0, 0.5f);
    private static readonly Vector2 EighthTurn = new(MathF.Sqrt(0.5f), MathF.Sqrt(0.5f));

    [Fact]
    public void Box_is_met_at_its_nearest_face_with_that_face_s_normal()
    {
        var box = Of(Form.Box, new(1, 0, 5), new(0.5f, 1, 2), Directions.Ahead);
        var ray = new Ray(new(1.2f, 0.3f, 0), new(0, 0, 2));                   // a direction of length two: distances count in it

        var distance = box.Distance(ray);
        var (normal, local) = box.Surface(ray.At(distance));

        Assert.Equal(1.5f, distance, Tolerance);
        Assert.Equal(new Vector3(0, 0, -1), normal);
        Near(new(0.2f, 0.3f, -2), local);
    }

    [Fact]
    public void Turned_box_is_met_at_its_corner()
    {
        var box = Of(Form.Box, new(0, 0, 5), Vector3.One, EighthTurn);
        Assert.Equal(5 - MathF.Sqrt(2), box.Distance(new(Vector3.Zero, Vector3.UnitZ)), Tolerance);
    }

    [Fact]
    public void Ball_is_met_where_its_equation_holds_and_its_normal_is_its_gradient()
    {
        var ball = Of(Form.Ball, new(0, 1, 6), new(1, 2, 3), Directions.Ahead);
        var ray = new Ray(new(0.3f, 0.2f, 0), Vector3.UnitZ);

        var distance = ball.Distance(ray);
        var (normal, _) = ball.Surface(ray.At(distance));

        var depth = -3 * Math.Sqrt(1 - (0.3 * 0.3) - (0.8 / 2 * 0.8 / 2));      // (x/1)² + (y/2)² + (z/3)² = 1
        Assert.Equal(6 + depth, distance, Tolerance);
        Near(Vector3.Normalize(new Vector3(0.3f, -0.8f / 4, (float)depth / 9)), normal);
    }

    [Fact]
    public void Cylinder_is_met_at_its_side_and_from_above_at_its_cap()
    {
        var cylinder = Of(Form.Cylinder, new(0, 1, 4), new(0.5f, 1, 0.5f), Directions.Ahead);
        var (side, above) = (new Ray(new(0.3f, 1.5f, 0), Vector3.UnitZ), new Ray(new(0.2f, 5, 4), -Vector3.UnitY));

        Assert.Equal(4 - 0.4f, cylinder.Distance(side), Tolerance);
        Near(new(0.6f, 0, -0.8f), cylinder.Surface(side.At(cylinder.Distance(side))).Normal);
        Assert.Equal(3, cylinder.Distance(above), Tolerance);
        Assert.Equal(Vector3.UnitY, cylinder.Surface(above.At(cylinder.Distance(above))).Normal);
    }

    [Theory]
    [InlineData(2, 0, 0)]        // beside it
    [InlineData(0, 2, 0)]        // above it
    [InlineData(0, 0, 9)]        // in front of it, looking away
    [InlineData(0, 0, 5)]        // inside it
    public void What_is_not_ahead_is_not_met(float x, float y, float z)
    {
        foreach (var form in Enum.GetValues<Form>())
            Assert.Equal(float.PositiveInfinity, Of(form, new(0, 0, 5), Vector3.One, EighthTurn).Distance(new(new(x, y, z), Vector3.UnitZ)));
    }

    /// <summary>The ball around a piece must never hide a solid of it.</summary>
    [Fact]
    public void Cluster_finds_what_its_solids_find_one_by_one()
    {
        var random = new CounterRandom(seed: 1, Purpose.Test);
        var piece = new Piece().Add(Furniture.Chair(ref random), new(0.4f, 0, 2), EighthTurn).Add(Furniture.Bookcase(ref random), new(-1, 0, 3), Directions.Ahead);
        var cluster = new Cluster(piece, throwsShadow: true);
        var met = 0;
        for (var i = 0; i < 2000; i++)
        {
            var ray = new Ray(new(random.NextUniform(-1, 1), random.NextUniform(0, 2), 0), new(random.NextUniform(-0.7f, 0.7f), random.NextUniform(-0.7f, 0.7f), 1));
            var (nearest, first) = (float.PositiveInfinity, (Solid?)null);
            cluster.Nearest(ray, ref nearest, ref first);

            Assert.Equal(piece.Solids.Min(solid => solid.Distance(ray)), nearest);
            Assert.Equal(nearest < 1.5f, cluster.Blocks(ray, before: 1.5f));
            if (first is not null) met++;
        }

        Assert.InRange(met, 200, 1800);
    }

    [Fact]
    public void Extent_of_a_turned_piece_holds_its_corners()
    {
        var piece = new Piece().Box(RoomClass.Table, Grey, new(-1, 0, -2), new(1, 1, 2));
        var (low, high) = new Piece().Add(piece, new(3, 0, 0), EighthTurn).Extent;

        var reach = 3 * MathF.Sqrt(0.5f);
        Near(new(3 - reach, 0, -reach), low);
        Near(new(3 + reach, 1, reach), high);
    }

    private static Solid Of(Form form, Vector3 centre, Vector3 half, Vector2 turn) => new(form, centre, half, turn, Grey, (byte)RoomClass.Objects);

    private static void Near(Vector3 expected, Vector3 actual) => Assert.True(Vector3.Distance(expected, actual) < Tolerance, $"Expected {expected}, got {actual}.");
}
