using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Measures depth the way a first-generation Kinect does: from the shift of a projected pattern, in whole steps, with holes.</summary>
/// <remarks>
/// Shift is inverse to depth; a step of it is 2.85 mm of depth at one metre and grows with the square, and the random error is half a step
/// (Khoshelham and Elberink, "Accuracy and resolution of Kinect depth data", Sensors 12, 2012). Depth is missing where the projector, 7.5 cm
/// beside the camera, cannot reach; where two depths share a pixel; at grazing angles; where too little light comes back: dark, far, or glass.
/// </remarks>
internal static class DepthSensor
{
    /// <summary>Depth change of one step of the pattern's shift at one metre, metres.</summary>
    public const float Step = 2.85e-3f;

    /// <summary>Range of the sensor, metres.</summary>
    public const float Nearest = 0.5f, Farthest = 10;

    /// <summary>Metres of depth for one step of a byte: 10 m over 255.</summary>
    public const float ByteStep = Farthest / 255;

    private const float Baseline = 0.075f;               // metres from camera to projector
    private const float Edge = 0.08f;                    // relative difference to a neighbour that may confuse the pattern
    private const double EdgeLoss = 0.35;                // how often it does
    private const float Grazing = 0.1f;                  // cosine of the angle to the surface's normal below which nothing comes back
    private const float Dimmest = 0.004f;                // least returned light: reflectivity × cosine / metres²

    /// <summary>Depths as bytes: 255 for 10 m, 0 for a hole (deviations.md#m21).</summary>
    /// <param name="scene">What is there.</param>
    /// <param name="camera">From where.</param>
    /// <param name="hits">Where the rays through the pixel centres end, [side × side].</param>
    /// <param name="image">[1, side, side] bytes.</param>
    /// <param name="side">Pixels.</param>
    /// <param name="random">Draws noise and losses.</param>
    public static void Measure(Scene scene, Camera camera, ReadOnlySpan<Hit> hits, Span<byte> image, int side, ref CounterRandom random)
    {
        var projector = camera.Position + (camera.Right * Baseline);
        for (var pixel = 0; pixel < hits.Length; pixel++)
        {
            var hit = hits[pixel];
            var (luck, isConfused) = (random.NextUniform(0.5f, 1.5f), random.NextBool(EdgeLoss));
            var depth = Noisy(hit.Distance, ref random);
            var way = camera.Position - hit.Point;
            var facing = Directions.Dot(hit.Normal, way) / Directions.Length(way);
            var returned = hit.Material.Infrared * facing / (hit.Distance * hit.Distance);
            var isLost = depth is < Nearest or > Farthest || facing < Grazing * luck || returned < Dimmest * luck
                || (isConfused && IsAtEdge(hits, pixel, side)) || scene.IsBlocked(hit.Point + (hit.Normal * 5e-3f), projector);
            image[pixel] = isLost ? (byte)0 : (byte)((depth / ByteStep) + 0.5f);
        }
    }

    /// <summary>One measurement of a true depth.</summary>
    /// <returns>Metres; +∞ or negative when the shift is lost in noise.</returns>
    public static float Noisy(float depth, ref CounterRandom random) =>
        1 / (Step * MathF.Round((1 / (Step * depth)) + (0.5f * Bell.Draw(ref random))));

    private static bool IsAtEdge(ReadOnlySpan<Hit> hits, int pixel, int side)
    {
        var (x, limit) = (pixel % side, Edge * hits[pixel].Distance);
        return (x > 0 && Apart(hits, pixel, pixel - 1) > limit) || (x < side - 1 && Apart(hits, pixel, pixel + 1) > limit)
            || (pixel >= side && Apart(hits, pixel, pixel - side) > limit) || (pixel < hits.Length - side && Apart(hits, pixel, pixel + side) > limit);
    }

    private static float Apart(ReadOnlySpan<Hit> hits, int a, int b) => MathF.Abs(hits[a].Distance - hits[b].Distance);
}
