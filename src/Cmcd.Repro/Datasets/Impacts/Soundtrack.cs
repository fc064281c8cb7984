using Cmcd.Repro.Datasets.Sounds;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>One second of sound in the making: blows on resonant bodies, rubbing, bursts of noise, tones. Loudness is free until recorded.</summary>
/// <param name="random">For noise.</param>
internal sealed class Soundtrack(CounterRandom random)
{
    /// <summary>Samples a second.</summary>
    public const int Rate = Spectrogram.Rate;

    /// <summary>Samples of a clip.</summary>
    public const int Length = (int)(Rate * SimulatedEvent.Seconds);

    private const int ControlStep = 64;                 // samples between two readings of a level or a pitch: 4 ms
    private const double Ln1000 = 6.90775527898213705;  // 60 dB

    private readonly double[] _samples = new double[Length];
    private CounterRandom _random = random;

    /// <summary>The sound so far, [<see cref="Length"/>].</summary>
    public double[] Samples => _samples;

    /// <summary>Each contact strikes the body: silent before it, ringing from the contact's sample on.</summary>
    public void Strike(Body body, IReadOnlyList<Contact> contacts)
    {
        var force = new double[Length];
        var duration = Math.Max(1, (int)Math.Round(body.Blow * Rate));
        foreach (var contact in contacts)
        {
            var start = SampleOf(contact.Time);
            for (var n = 0; n < duration && start + n < Length; n++)         // half a sine of unit area
                force[start + n] += contact.Strength * Elementary.Sin(Math.PI * (n + 0.5) / duration) * Math.PI / 2 / duration;
        }

        Ring(body, force);
    }

    /// <summary>A rough contact that shakes the body all the time.</summary>
    /// <param name="body">What rings.</param>
    /// <param name="level">How strongly at each time.</param>
    public void Rub(Body body, Func<double, double> level)
    {
        var force = Noise();
        Shape(force, level);
        for (var n = 0; n < Length; n++) force[n] *= 0.05;
        Ring(body, force);
    }

    /// <summary>Noise around a frequency.</summary>
    /// <param name="level">Amplitude at each time.</param>
    /// <param name="centre">Hertz at each time.</param>
    /// <param name="sharpness">Centre over bandwidth.</param>
    public void Hiss(Func<double, double> level, Func<double, double> centre, double sharpness)
    {
        var noise = Noise();
        BandPass(noise, centre, sharpness);
        Shape(noise, level);
        Add(noise);
    }

    /// <summary>A short noise from each contact on.</summary>
    /// <param name="contacts">When and how strongly.</param>
    /// <param name="decay">Seconds to fall by 60 dB.</param>
    /// <param name="centre">Hertz.</param>
    /// <param name="sharpness">Centre over bandwidth.</param>
    public void Burst(IReadOnlyList<Contact> contacts, double decay, double centre, double sharpness)
    {
        var noise = Noise();
        var (level, fade, next) = (0.0, Elementary.Exp(-Ln1000 / (decay * Rate)), 0);
        for (var n = 0; n < Length; n++)
        {
            level *= fade;
            for (; next < contacts.Count && SampleOf(contacts[next].Time) <= n; next++) level += contacts[next].Strength;
            noise[n] *= level;
        }

        BandPass(noise, _ => centre, sharpness);
        Add(noise);
    }

    /// <summary>A tone that glides, with overtones that fall by 1 / k.</summary>
    /// <param name="frequency">Hertz at each time.</param>
    /// <param name="level">Amplitude at each time.</param>
    /// <param name="overtones">Number of partials, at least 1; those above 7.5 kHz are left out.</param>
    public void Tone(Func<double, double> frequency, Func<double, double> level, int overtones)
    {
        var tone = new double[Length];
        var phase = 0.0;
        for (var start = 0; start < Length; start += ControlStep)
        {
            var (pitch, later) = (frequency(TimeOf(start)), frequency(TimeOf(start + ControlStep)));
            for (var n = 0; n < ControlStep; n++)
            {
                var now = pitch + ((later - pitch) * n / ControlStep);
                phase += now / Rate;
                phase -= Math.Floor(phase);
                for (var k = 1; k <= overtones && k * now < 7500; k++) tone[start + n] += Elementary.Sin(2 * Math.PI * k * phase) / k;
            }
        }

        Shape(tone, level);
        Add(tone);
    }

    /// <summary>A bubble closing under a drop: a short tone that rises.</summary>
    /// <param name="contact">When the drop meets the water.</param>
    /// <param name="frequency">Hertz at the contact.</param>
    /// <param name="rise">Octaves gained while falling by 60 dB.</param>
    /// <param name="decay">Seconds to fall by 60 dB.</param>
    public void Bubble(Contact contact, double frequency, double rise, double decay)
    {
        var (start, phase, level) = (SampleOf(contact.Time), 0.0, contact.Strength);
        var fade = Elementary.Exp(-Ln1000 / (decay * Rate));
        var glide = Elementary.Exp(rise * Elementary.Ln2 / (decay * Rate));
        for (var n = start; n < Length && level > 1e-4; n++)
        {
            phase += frequency / Rate;
            _samples[n] += level * Elementary.Sin(2 * Math.PI * phase);
            (frequency, level) = (frequency * glide, level * fade);
        }
    }

    private static int SampleOf(double time) => (int)Math.Ceiling(time * Rate);

    private static double TimeOf(int sample) => (double)sample / Rate;

    /// <summary>Every mode as a two-pole resonator, whose answer to one blow is a decaying sine.</summary>
    private void Ring(Body body, double[] force)
    {
        foreach (var mode in body.Modes.Where(mode => mode.Frequency < 7500))
        {
            var radius = Elementary.Exp(-Ln1000 / (mode.Decay * Rate));
            var angle = 2 * Math.PI * mode.Frequency / Rate;
            var (turn, shrink, gain) = (2 * radius * Elementary.Cos(angle), radius * radius, mode.Gain * Elementary.Sin(angle));
            var (last, before) = (0.0, 0.0);
            for (var n = 0; n < Length; n++)
            {
                (last, before) = ((gain * force[n]) + (turn * last) - (shrink * before), last);
                _samples[n] += last;
            }
        }
    }

    /// <summary>White noise of unit variance.</summary>
    private double[] Noise()
    {
        var noise = new double[Length];
        var width = (float)Math.Sqrt(3);
        for (var n = 0; n < Length; n++) noise[n] = _random.NextUniform(-width, width);
        return noise;
    }

    /// <summary>A two-pole band-pass of unit gain at its centre, which may move (state-variable filter, trapezoidal rule).</summary>
    private static void BandPass(double[] sound, Func<double, double> centre, double sharpness)
    {
        var (first, second) = (0.0, 0.0);
        for (var start = 0; start < Length; start += ControlStep)
        {
            var angle = Math.PI * Math.Clamp(centre(TimeOf(start)), 20, 7500) / Rate;
            var pace = Elementary.Sin(angle) / Elementary.Cos(angle);
            var scale = 1 / (1 + (pace * (pace + (1 / sharpness))));
            for (var n = start; n < start + ControlStep; n++)
            {
                var rest = sound[n] - second;
                var band = scale * (first + (pace * rest));
                var low = second + (pace * band);
                (first, second) = ((2 * band) - first, (2 * low) - second);
                sound[n] = band / sharpness;
            }
        }
    }

    /// <summary>Multiplies by a level that is read every 4 ms and runs straight in between.</summary>
    private static void Shape(double[] sound, Func<double, double> level)
    {
        for (var start = 0; start < Length; start += ControlStep)
        {
            var (from, to) = (level(TimeOf(start)), level(TimeOf(start + ControlStep)));
            for (var n = 0; n < ControlStep; n++) sound[start + n] *= from + ((to - from) * n / ControlStep);
        }
    }

    private void Add(double[] sound)
    {
        for (var n = 0; n < Length; n++) _samples[n] += sound[n];
    }
}
