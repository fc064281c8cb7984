using System.Numerics;
using Cmcd.Repro.Datasets.Scenes;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Tests.Datasets.Scenes;

/// <summary>A room of 4 x 3 x 6 metres, bare or with one box, seen from a known place.</summary>
public class SceneTests
{
    private const float Tolerance = 1e-4f;

    private static readonly Material Grey = new(Pattern.Plain, new(0.5f), new(0.5f), 1, 0, Infrared: 0.5f);

    [Theory]
    [InlineData(0, 0, 1, 4.5f, RoomClass.Wall)]
    [InlineData(0, 0, -1, 1.5f, RoomClass.Wall)]
    [InlineData(1, 0, 0, 2, RoomClass.Wall)]
    [InlineData(-1, 0, 0, 2, RoomClass.Wall)]
    [InlineData(0, -1, 0, 1.2f, RoomClass.Floor)]
    [InlineData(0, 1, 0, 1.8f, RoomClass.Ceiling)]
    internal void Bare_room_is_as_far_as_its_planes(float x, float y, float z, float distance, RoomClass label)
    {
        var hit = Room().Trace(new(new(0, 1.2f, -1.5f), new(x, y, z)));

        Assert.Equal(distance, hit.Distance, Tolerance);
        Assert.Equal(label, (RoomClass)hit.Label);
        Assert.Equal(-new Vector3(x, y, z), hit.Normal);
    }

    /// <summary>Depth is measured along the viewing axis, so that a wall straight ahead has one depth and the floor follows h / (-direction).</summary>
    [Fact]
    public void Image_has_the_depths_of_the_pinhole_equations()
    {
        const float Half = 0.5f, Height = 1.2f;
        var camera = Camera.Of(new(0, Height, -1.5f), new(0, 1), down: 0, roll: 0, Half);

        var hits = ScenePainter.Hits(Room(), camera);

        for (var row = 0; row < ScenePainter.Side; row++)
        {
            var slope = (1 - (2 * (row + 0.5f) / ScenePainter.Side)) * Half;
            var expected = MathF.Min(4.5f, slope < 0 ? Height / -slope : (3 - Height) / slope);
            Assert.Equal(expected, hits[(row * ScenePainter.Side) + 32].Distance, Tolerance);
        }
    }

    [Fact]
    public void Camera_looks_where_it_is_told_and_its_axes_are_square()
    {
        var camera = Camera.Of(Vector3.Zero, new(0.6f, 0.8f), down: 0.3f, roll: 0.05f, 0.5f);

        Assert.Equal(-MathF.Sin(0.3f), camera.Forward.Y, 1e-4f);
        Assert.Equal(0.75f, camera.Forward.X / camera.Forward.Z, Tolerance);
        foreach (var (a, b, product) in new[] { (camera.Forward, camera.Right, 0), (camera.Right, camera.Up, 0), (camera.Up, camera.Forward, 0), (camera.Right, camera.Right, 1), (camera.Up, camera.Up, 1) })
            Assert.Equal(product, Vector3.Dot(a, b), Tolerance);
        Assert.Equal(camera.Forward, camera.Through(0.5f, 0.5f).Direction);
    }

    [Fact]
    public void Centre_pixel_shows_the_box_that_stands_there_and_what_is_behind_it_is_dark()
    {
        var box = new Piece().Box(RoomClass.Table, Grey, new(-0.5f, 0, 1), new(0.5f, 2, 2));
        var scene = Room(box);
        var camera = Camera.Of(new(0, 1, -2), new(0, 1), 0, 0, 0.5f);

        var centre = ScenePainter.Hits(scene, camera)[(32 * ScenePainter.Side) + 32];

        Assert.Equal((RoomClass.Table, 3f), ((RoomClass)centre.Label, centre.Distance));
        Assert.True(scene.IsBlocked(new(0, 1, -2), new(0, 1, 2.9f)));
        Assert.False(scene.IsBlocked(new(0, 1, -2), new(0, 1, 0.9f)));
        Assert.False(scene.IsBlocked(new(0, 2.5f, -2), new(0, 2.5f, 2.9f)));
    }

    [Fact]
    public void Window_is_a_hole_with_its_pane_behind_the_wall()
    {
        var wall = new Wall(2, 2, 3);
        var scene = Room() with { Openings = [new(wall, new(-0.5f, 1), new(0.5f, 2), Recess: 0.2f, Grey, Grey)] };

        var pane = scene.Trace(new(new(0, 1.5f, 0), Vector3.UnitZ));
        var beside = scene.Trace(new(new(0.6f, 1.5f, 0), Vector3.UnitZ));
        var reveal = scene.Trace(new(new(0, 1.5f, 2), new(0.49f, 0, 1)));        // enters 1 cm from the edge and meets the side 2.04 cm behind the wall

        Assert.Equal((RoomClass.Window, RoomClass.Wall, RoomClass.Window), ((RoomClass)pane.Label, (RoomClass)beside.Label, (RoomClass)reveal.Label));
        Assert.Equal((3.2f, 3f), (pane.Distance, beside.Distance));
        Assert.Equal(0.5f / 0.49f, reveal.Distance, Tolerance);
        Assert.Equal(-Vector3.UnitX, reveal.Normal);
    }

    [Theory, InlineData(1f), InlineData(3f), InlineData(6f)]
    public void Depth_noise_grows_with_the_square_of_depth(float depth)
    {
        var random = new CounterRandom(seed: 2, Purpose.Test);
        var errors = Enumerable.Range(0, 20_000).Select(_ => (double)(DepthSensor.Noisy(depth, ref random) - depth)).ToArray();

        // Half a step of random error and the error of rounding to whole steps, 1/√12: together √(1/4 + 1/12) = 0.577 steps of 2.85e-3 z².
        var expected = 0.57735 * 2.85e-3 * depth * depth;
        Assert.Equal(1, Math.Sqrt(errors.Average(error => error * error)) / expected, 0.05);
        Assert.InRange(errors.Average() / expected, -0.1, 0.1);
    }

    [Theory]
    [InlineData(0.5f, 0)]
    [InlineData(0.03f, 1)]       // 0.03 / 5² = 0.0012 is less than half of the dimmest return, 0.004
    [InlineData(0f, 1)]          // glass
    public void Depth_is_missing_where_too_little_light_comes_back(float infrared, double expected)
    {
        var wall = Grey with { Infrared = infrared };
        var scene = Room() with { WallPaint = [wall, wall, wall, wall] };
        var camera = Camera.Of(new(0, 1.5f, -2), new(0, 1), 0, 0, 0.5f);
        var (hits, depth) = Measured(scene, camera);

        var ahead = Enumerable.Range(0, depth.Length).Where(pixel => hits[pixel].Normal == -Vector3.UnitZ).ToArray();
        Assert.True(ahead.Length > 1000);
        Assert.Equal(expected, ahead.Count(pixel => depth[pixel] == 0) / (double)ahead.Length);
    }

    [Fact]
    public void Depth_is_missing_at_grazing_angles()
    {
        var (hits, depth) = Measured(Room(), Camera.Of(new(-1.8f, 1.5f, -2.5f), new(0, 1), 0, 0, 0.5f));
        var wall = Enumerable.Range(0, depth.Length).Where(pixel => hits[pixel].Normal == Vector3.UnitX).ToLookup(pixel => hits[pixel].Distance > 0.2f / 0.05f);

        // The wall runs along the view, 0.2 m beside it: its angle's cosine is 0.2 / distance, below 0.05 from 4 m on.
        Assert.True(wall[true].Count() > 20 && wall[false].Count() > 100);
        Assert.All(wall[true], pixel => Assert.Equal(0, depth[pixel]));
        Assert.Contains(wall[false], pixel => depth[pixel] > 0);
    }

    /// <summary>A box 0.4 m wide and 1 m away throws a shadow of 0.06 in tangents on a wall 5 m away: 3.84 pixels, on the side away from the projector.</summary>
    [Fact]
    public void Depth_is_missing_in_the_projector_s_shadow()
    {
        var box = new Piece().Box(RoomClass.Table, Grey, new(-0.2f, 0, -1), new(0.2f, 3, -0.8f));
        var (_, depth) = Measured(Room(box), Camera.Of(new(0, 1.5f, -2), new(0, 1), 0, 0, 0.5f));

        for (var row = 24; row < 40; row++)
        {
            var line = depth.AsSpan(row * ScenePainter.Side, ScenePainter.Side).ToArray();
            Assert.All(line[15..19], value => Assert.Equal(0, value));
            Assert.All(line[8..15].Concat(line[46..56]), value => Assert.InRange(value, (byte)120, (byte)135));          // 5 m: 127.5
            Assert.All(line[21..44], value => Assert.InRange(value, (byte)25, (byte)26));                               // 1 m: 25.5
        }
    }

    private static (Hit[] Hits, byte[] Depth) Measured(Scene scene, Camera camera)
    {
        var random = new CounterRandom(seed: 3, Purpose.Test);
        var (hits, depth) = (ScenePainter.Hits(scene, camera), new byte[ScenePainter.Pixels]);
        DepthSensor.Measure(scene, camera, hits, depth, ScenePainter.Side, ref random);
        return (hits, depth);
    }

    private static Scene Room(params Piece[] pieces)
    {
        var random = new CounterRandom(seed: 0, Purpose.Test);
        Wall[] walls = [new(0, 2, 3), new(1, 3, 2), new(2, 2, 3), new(3, 3, 2)];
        return new(new(2, 3, 3), Grey, Grey, [Grey, Grey, Grey, Grey], walls, [], [.. pieces.Select(piece => new Cluster(piece, throwsShadow: true))],
            [new(new(0, 2.8f, 0), Vector3.One, 0.1f)], new Grain(ref random));
    }
}
