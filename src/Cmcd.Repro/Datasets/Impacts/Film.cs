using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>Twelve frames of an event, as a camera in a lit room would take them.</summary>
/// <remarks>Frame i shows the middle of the i-th twelfth of the clip; during an exposure of 1/30 s what moves is smeared.</remarks>
internal static class Film
{
    /// <summary>Frames of a clip.</summary>
    public const int Frames = 12;

    private const int Pixels = Canvas.Side * Canvas.Side;
    private const int Shutters = 3;                  // instants that make up one exposure
    private const double Exposure = 1.0 / 30;

    /// <summary>Middle of a frame's exposure, seconds.</summary>
    public static double TimeOf(int frame) => (frame + 0.5) * SimulatedEvent.Seconds / Frames;

    /// <summary>Films an event.</summary>
    /// <param name="scene">What happens.</param>
    /// <param name="style">How badly.</param>
    /// <param name="random">The camera's, the light's and the grain's numbers.</param>
    /// <param name="frames">[F × 32 × 32] bytes to fill.</param>
    /// <param name="first">The first frame wanted.</param>
    public static void Take(SimulatedEvent scene, RecordingStyle style, ref CounterRandom random, Span<byte> frames, int first = 0)
    {
        var canvas = new Canvas(Camera.Draw(style, ref random));
        var background = new Background(style, ref random);
        var grain = random.NextUniform(0.01f, style.Grain);
        var ink = new float[Pixels];
        for (var frame = 0; frame < frames.Length / Pixels; frame++)
        {
            ink.AsSpan().Clear();
            for (var shutter = 0; shutter < Shutters; shutter++)
            {
                canvas.Clear();
                scene.Draw(canvas, TimeOf(first + frame) + ((shutter - (Shutters / 2)) * Exposure / Shutters));
                for (var i = 0; i < Pixels; i++) ink[i] += canvas.Ink[i] / Shutters;
            }

            for (var i = 0; i < Pixels; i++)
            {
                var tone = background.Under(i, ink[i]) + random.NextUniform(-grain, grain);
                frames[(frame * Pixels) + i] = (byte)(0.5f + (255 * Math.Clamp(tone, 0, 1)));
            }
        }
    }
}
