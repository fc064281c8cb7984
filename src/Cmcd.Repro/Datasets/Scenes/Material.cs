using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

internal enum Pattern { Plain, Wood, Stripes, Checks, Tiles, Speckle, Blotches, Outdoors }

/// <summary>What a surface looks like to the colour camera and to the depth sensor.</summary>
/// <param name="Pattern">How the two colours share the surface.</param>
/// <param name="First">Reflected share of red, green and blue light, 0 … 1 (linear).</param>
/// <param name="Second">As First.</param>
/// <param name="Scale">Size of the pattern, metres.</param>
/// <param name="Shift">Moves the pattern, in its own size.</param>
/// <param name="Infrared">Reflected share of the depth sensor's light, 0 … 1; 0 gives no depth.</param>
/// <param name="Glow">Share of the colour that shines by itself: a lamp, a screen, a window by day.</param>
internal sealed record Material(Pattern Pattern, Vector3 First, Vector3 Second, float Scale, float Shift, float Infrared, float Glow = 0)
{
    private const float Joint = 0.08f;                   // of a tile's size

    /// <summary>The colour at a point of the surface.</summary>
    /// <param name="point">Metres along the surface: x sideways, y up (or, on level surfaces, ahead).</param>
    /// <param name="grain">The scene's noise.</param>
    public Vector3 At(Vector2 point, Grain grain)
    {
        var (u, v) = ((point.X / Scale) + Shift, (point.Y / Scale) + Shift);
        return Pattern switch
        {
            Pattern.Plain => Between(0.25f * grain.At(u, v)),
            Pattern.Wood => Between(0.6f * grain.At(u, 8 * v)),
            Pattern.Stripes => Part(u) < 0.5f ? First : Second,
            Pattern.Checks => Part(u) < 0.5f == Part(v) < 0.5f ? First : Second,
            Pattern.Tiles => Part(u) < Joint || Part(v) < Joint ? Second : First * (0.75f + (0.25f * grain.Corner((int)MathF.Floor(u), (int)MathF.Floor(v)))),
            Pattern.Speckle => Between(grain.At(5 * u, 5 * v)),
            Pattern.Blotches => Between(Math.Clamp((3 * grain.At(u, v)) - 1, 0, 1)) * (0.6f + (0.6f * grain.At((2 * u) + 31, 2 * v))),
            _ => Outdoors(point.Y, u, grain),
        };
    }

    /// <summary>Sky above a ragged line of trees or houses.</summary>
    private Vector3 Outdoors(float height, float u, Grain grain) =>
        height > (0.5f * grain.At(2 * u, 0.5f)) - 0.3f ? First : Second * (0.5f + grain.At(4 * u, 12 * height));

    private Vector3 Between(float part) => First + ((Second - First) * part);

    private static float Part(float value) => value - MathF.Floor(value);
}
