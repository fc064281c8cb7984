using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>Where the camera stands: one for all frames of a clip.</summary>
internal sealed class Camera
{
    private readonly double _x, _y, _cos, _sin;
    private readonly bool _mirrored;

    /// <param name="zoom">Pixels per unit of the scene.</param>
    /// <param name="x">Pixel column of the scene's middle.</param>
    /// <param name="y">Pixel row of the scene's middle.</param>
    /// <param name="tilt">Radians.</param>
    /// <param name="mirrored">Left and right exchanged.</param>
    public Camera(double zoom, double x, double y, double tilt, bool mirrored)
    {
        (Zoom, _x, _y, _mirrored) = (zoom, x, y, mirrored);
        (_cos, _sin) = (Elementary.Cos(tilt), Elementary.Sin(tilt));
    }

    /// <summary>Pixels per unit of the scene.</summary>
    public double Zoom { get; }

    /// <summary>A camera that sees the whole scene, upright.</summary>
    public static Camera Plain { get; } = new(Canvas.Side, Canvas.Side / 2.0, Canvas.Side / 2.0, tilt: 0, mirrored: false);

    public static Camera Draw(RecordingStyle style, ref CounterRandom random)
    {
        var zoom = Canvas.Side * random.NextUniform(style.SmallestZoom, style.LargestZoom);
        var x = (Canvas.Side / 2.0) + random.NextUniform(-style.Shift, style.Shift);
        var y = (Canvas.Side / 2.0) + random.NextUniform(-style.Shift, style.Shift);
        return new(zoom, x, y, random.NextUniform(-style.Tilt, style.Tilt), random.NextBool(0.5));
    }

    /// <summary>Column and row of a point of the scene; pixel (0, 0) has its centre at (0.5, 0.5).</summary>
    public (double X, double Y) Pixel(double x, double y)
    {
        var (right, down) = (_mirrored ? 0.5 - x : x - 0.5, 0.5 - y);
        return (_x + (Zoom * ((right * _cos) - (down * _sin))), _y + (Zoom * ((right * _sin) + (down * _cos))));
    }
}
