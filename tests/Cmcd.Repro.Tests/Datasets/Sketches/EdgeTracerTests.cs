using Cmcd.Repro.Datasets.Sketches;

namespace Cmcd.Repro.Tests.Datasets.Sketches;

public class EdgeTracerTests
{
    [Fact]
    public void Bright_square_is_traced_along_its_border()
    {
        var photo = new byte[32 * 32];
        for (var y = 8; y < 24; y++)
            photo.AsSpan((y * 32) + 8, 16).Fill(200);

        var points = EdgeTracer.Trace(photo, new SketchStyle()).SelectMany(curve => curve).ToArray();

        Assert.InRange(points.Length, 40, 80);                                                       // 64 pixels round, a point about each pixel
        Assert.All(points, point => Assert.InRange(Math.Max(Math.Abs(point.X - 16), Math.Abs(point.Y - 16)), 7, 9));
        Assert.All(Enumerable.Range(9, 14), at => Assert.Contains(points, point => Math.Abs(point.X - at) < 1.5 && point.Y < 9));
    }

    [Fact]
    public void Inner_edge_is_traced_too()
    {
        var photo = new byte[32 * 32];
        for (var y = 6; y < 26; y++)
        {
            photo.AsSpan((y * 32) + 6, 10).Fill(80);
            photo.AsSpan((y * 32) + 16, 10).Fill(230);
        }

        var points = EdgeTracer.Trace(photo, new SketchStyle()).SelectMany(curve => curve).ToArray();

        Assert.True(points.Count(point => Math.Abs(point.X - 16) < 1 && point.Y is > 8 and < 24) >= 10);
    }

    [Fact]
    public void Flat_photo_has_no_curves() => Assert.Empty(EdgeTracer.Trace(Enumerable.Repeat((byte)90, 32 * 32).ToArray(), new SketchStyle()));

    [Theory, InlineData(0f), InlineData(0.35f), InlineData(-0.2f)]
    public void Rotation_is_one_and_close_to_its_angle(float angle)
    {
        var rotation = Placement.Rotation(angle);

        Assert.Equal(1, (rotation.X * rotation.X) + (rotation.Y * rotation.Y), 1e-6);
        Assert.Equal(Math.Cos(angle), rotation.X, 1e-4);
        Assert.Equal(Math.Sin(angle), rotation.Y, 1e-4);
    }
}
