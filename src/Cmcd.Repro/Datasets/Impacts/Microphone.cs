using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>Records a soundtrack in a room: other events, echoes, coloured noise, mains hum, the microphone's tilt, and a level of its own.</summary>
internal static class Microphone
{
    private const int Echoes = 4;

    /// <summary>Sound as a file would hold it.</summary>
    /// <param name="track">The event's own sound, free of scale; silence stays noise alone.</param>
    /// <param name="distraction">The sound of another event, out of the picture; null for none.</param>
    /// <param name="style">How badly.</param>
    /// <param name="random">The room's numbers.</param>
    /// <returns>[<see cref="Soundtrack.Length"/>] in [-1, 1].</returns>
    public static double[] Record(double[] track, double[]? distraction, RecordingStyle style, ref CounterRandom random)
    {
        track = (double[])track.Clone();
        if (distraction is not null)
        {
            Scale(track, 1);
            distraction = (double[])distraction.Clone();
            Scale(distraction, Decibels(-random.NextUniform(style.LoudestDistraction, style.QuietestDistraction)));
            for (var n = 0; n < track.Length; n++) track[n] += distraction[n];
        }

        var sound = (double[])track.Clone();
        for (var echo = 0; echo < Echoes; echo++)
        {
            var delay = (int)(Soundtrack.Rate * random.NextUniform(0.003f, 0.06f));
            var gain = random.NextUniform(0, style.Echo) * (1 - (delay / (0.08 * Soundtrack.Rate)));
            for (var n = delay; n < sound.Length; n++) sound[n] += gain * track[n - delay];
        }

        Tilt(sound, random.NextUniform(-0.5f, 0.5f));
        Scale(sound, 1);

        var noise = new double[sound.Length];
        for (var n = 0; n < noise.Length; n++) noise[n] = random.NextUniform(-1, 1);
        Tilt(noise, random.NextUniform(-0.2f, 0.9f));
        var hum = random.NextBool(0.5) ? random.NextUniform(0, 0.3f) : 0;
        for (var n = 0; n < noise.Length; n++) noise[n] += hum * Elementary.Sin(2 * Math.PI * 50 * n / Soundtrack.Rate);
        Scale(noise, Decibels(-random.NextUniform(style.LoudestNoise, style.QuietestNoise)));

        for (var n = 0; n < sound.Length; n++) sound[n] += noise[n];
        var peak = sound.Max(Math.Abs);
        var level = Decibels(-random.NextUniform(0, style.WeakestLevel)) / Math.Max(peak, 1e-12);
        for (var n = 0; n < sound.Length; n++) sound[n] = Math.Clamp(sound[n] * level, -1, 1);
        return sound;
    }

    /// <summary>A one-pole tilt: above 0 the low tones gain, below 0 the high ones.</summary>
    private static void Tilt(double[] sound, double pole)
    {
        var last = 0.0;
        for (var n = 0; n < sound.Length; n++) sound[n] = last = sound[n] + (pole * last);
    }

    /// <summary>Brings the root mean square to a level; silence stays silent.</summary>
    private static void Scale(double[] sound, double level)
    {
        var power = 0.0;
        foreach (var sample in sound) power += sample * sample;
        var gain = power > 0 ? level / Math.Sqrt(power / sound.Length) : 0;
        for (var n = 0; n < sound.Length; n++) sound[n] *= gain;
    }

    private static double Decibels(double decibels) => Elementary.Exp(decibels / 20 * 2.30258509299404568);
}
