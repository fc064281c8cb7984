using System.Numerics;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Takes the colour picture: lamps with soft falloff and soft shadows, 2 × 2 rays a pixel, then exposure, white balance and noise.</summary>
internal static class ColourCamera
{
    private const int Rays = 2;                          // along each side of a pixel
    private const float Bias = 2e-3f;                    // metres off the surface, so that it does not shade itself
    private const float Falloff = 2f;                    // metres at which a lamp's light has fallen to a half

    /// <param name="scene">What is there.</param>
    /// <param name="camera">From where.</param>
    /// <param name="image">[3, side, side] bytes.</param>
    /// <param name="side">Pixels.</param>
    /// <param name="random">Draws exposure, white balance and noise.</param>
    public static void Take(Scene scene, Camera camera, Span<byte> image, int side, ref CounterRandom random)
    {
        var light = new Vector3[side * side];
        var ambient = new Vector3(random.NextUniform(0.12f, 0.35f));
        var mean = 0f;
        for (var pixel = 0; pixel < light.Length; pixel++)
        {
            for (var ray = 0; ray < Rays * Rays; ray++)
            {
                var (x, y) = ((pixel % side) + ((ray % Rays + 0.5f) / Rays), (pixel / side) + ((ray / Rays + 0.5f) / Rays));
                light[pixel] += Seen(scene, scene.Trace(camera.Through(x / side, y / side)), ambient, ray) / (Rays * Rays);
            }

            mean += Directions.Dot(Vector3.Min(light[pixel], Vector3.One), new(1 / 3f)) / light.Length;
        }

        Develop(light, mean, image, ref random);
    }

    private static Vector3 Seen(Scene scene, Hit hit, Vector3 ambient, int ray)
    {
        var colour = hit.Material.At(hit.OnSurface, scene.Grain);
        var light = ambient * (0.75f + (0.25f * hit.Normal.Y));
        foreach (var lamp in scene.Lamps)
        {
            var part = new Vector3((ray % Rays) - 0.5f, 0, (ray / Rays) - 0.5f) * lamp.Size;          // each ray sees another part of the lamp
            var way = lamp.Position + part - hit.Point;
            var distance = Directions.Length(way);
            var facing = Directions.Dot(hit.Normal, way) / distance;
            if (facing <= 0 || scene.IsBlocked(hit.Point + (hit.Normal * Bias), lamp.Position + part)) continue;
            light += lamp.Power * (facing / (1 + (distance * distance / (Falloff * Falloff))));
        }

        return colour * ((light * (1 - hit.Material.Glow)) + new Vector3(hit.Material.Glow));
    }

    private static void Develop(Vector3[] light, float mean, Span<byte> image, ref CounterRandom random)
    {
        var exposure = random.NextUniform(0.13f, 0.26f) / MathF.Max(mean, 1e-3f);
        var gains = new Vector3(random.NextUniform(0.85f, 1.15f), random.NextUniform(0.92f, 1.08f), random.NextUniform(0.85f, 1.15f)) * exposure;
        var noise = random.NextUniform(0.008f, 0.035f);
        for (var pixel = 0; pixel < light.Length; pixel++)
        {
            var exposed = Vector3.Clamp(light[pixel] * gains, Vector3.Zero, Vector3.One);
            for (var channel = 0; channel < 3; channel++)
            {
                var tone = MathF.Sqrt(exposed[channel]) + (noise * Bell.Draw(ref random));             // a display's gamma of 2
                image[(channel * light.Length) + pixel] = (byte)((255 * Math.Clamp(tone, 0, 1)) + 0.5f);
            }
        }
    }
}
