using Cmcd.Repro.Datasets.Impacts;
using Cmcd.Repro.Datasets.Impacts.Events;
using Cmcd.Repro.Datasets.Sounds;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Tests.Datasets.Impacts;

/// <summary>One motion behind both sides: what is seen is when it is heard, and the larger the lower.</summary>
public class EventTests
{
    private static readonly Latents Middle = new(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, Material.Metal);

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, 12)];

    /// <summary>Those that sound by blows alone.</summary>
    public static TheoryData<int> Struck => [.. new[] { EventKind.BouncingBall, EventKind.Pendulum, EventKind.Plate, EventKind.PluckedString, EventKind.DrippingTap, EventKind.Ratchet, EventKind.ClappingHands }.Select(kind => (int)kind)];

    [Fact]
    public void Ball_is_lowest_in_the_picture_when_a_blow_is_heard()
    {
        var scene = new BouncingBall(Middle with { Damping = 0, Tempo = 0.8, Material = Material.Rubber });
        var sound = SoundOf(scene);
        var heights = Enumerable.Range(0, 1000).Select(millisecond => BottomOf(scene, millisecond / 1000.0)).ToArray();
        var seen = Enumerable.Range(4, 992).Where(ms => heights[ms] < heights[ms - 4] && heights[ms] <= heights[ms + 3] && heights[ms] < Lowest(heights) + 0.02
            && heights[ms] == heights[(ms - 4)..(ms + 4)].Min()).ToArray();
        var heard = Onsets(sound);

        Assert.InRange(scene.Contacts.Count, 2, 8);
        Assert.Equal(scene.Contacts.Count, heard.Count);
        Assert.All(heard, onset => Assert.Contains(seen, ms => Math.Abs((ms / 1000.0) - onset) < 0.006));
    }

    [Theory, MemberData(nameof(Struck))]
    public void Nothing_is_heard_before_the_first_contact_and_something_right_after_each(int kind)
    {
        var scene = Of((EventKind)kind, Middle);
        var sound = SoundOf(scene);
        var first = (int)Math.Ceiling(scene.Contacts[0].Time * Soundtrack.Rate);

        Assert.NotEmpty(scene.Contacts);
        Assert.All(sound[..first], sample => Assert.Equal(0, sample));
        foreach (var contact in scene.Contacts.Where(contact => contact.Time < 0.99))
        {
            var at = (int)Math.Ceiling(contact.Time * Soundtrack.Rate);
            var jump = Enumerable.Range(at, 64).Max(n => Math.Abs(sound[n] - sound[n - 1]));
            var before = at > 64 ? Enumerable.Range(at - 64, 63).Max(n => Math.Abs(sound[n] - sound[Math.Max(n - 1, 0)])) : 0;
            Assert.True(jump > before, $"The contact at {contact.Time:F3} s is not heard: {jump:G3} after, {before:G3} before.");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Picture_moves_and_contacts_lie_in_order_within_the_clip(int kind)
    {
        var scene = Of((EventKind)kind, Middle);
        var frames = Enumerable.Range(0, Film.Frames).Select(frame => Convert.ToHexString(Picture(scene, Film.TimeOf(frame)).SelectMany(BitConverter.GetBytes).ToArray())).ToArray();

        Assert.True(frames.Distinct().Count() >= 4, $"{frames.Distinct().Count()} different frames.");
        Assert.Equal(scene.Contacts.OrderBy(contact => contact.Time), scene.Contacts);
        Assert.All(scene.Contacts, contact => Assert.True(contact.Time is >= 0 and < 1 && contact.Strength is > 0 and <= 1));
        Assert.Contains(SoundOf(scene), sample => Math.Abs(sample) > 1e-3);
        Assert.All(SoundOf(scene), sample => Assert.True(double.IsFinite(sample)));
    }

    /// <summary>The air it moves drowns its hum in the middle frequency: the fan has a test of its own.</summary>
    public static TheoryData<int> AllButTheFan => [.. Enumerable.Range(0, 12).Where(kind => kind != (int)EventKind.Fan)];

    [Theory, MemberData(nameof(AllButTheFan))]
    public void Pitch_falls_with_size(int kind)
    {
        var (small, large) = (Centre(Middle with { Size = 0.05 }), Centre(Middle with { Size = 0.95 }));
        Assert.True(large < 0.9 * small, $"Middle frequency {small:F0} Hz when small, {large:F0} Hz when large.");

        double Centre(Latents latents)
        {
            var sound = SoundOf(Of((EventKind)kind, latents));
            var power = Spectrogram.LogPower(sound).Select(Math.Exp).ToArray();
            var columns = Spectrogram.Columns(sound.Length);
            var (weighted, sum) = (0.0, 0.0);
            for (var bin = 1; bin < Spectrogram.Bins; bin++)
            {
                var here = power.AsSpan(bin * columns, columns).ToArray().Sum() - (columns * 1e-7);
                (weighted, sum) = (weighted + (here * bin * Soundtrack.Rate / 512.0), sum + here);
            }

            return weighted / sum;
        }
    }

    [Fact]
    public void Hum_of_a_fan_falls_with_size()
    {
        var (small, large) = (SoundOf(new Fan(Middle with { Size = 0 })), SoundOf(new Fan(Middle with { Size = 1 })));
        Assert.True(PowerAt(240, small) > 3 * PowerAt(240, large));
        Assert.True(PowerAt(80, large) > 3 * PowerAt(80, small));

        // 240 Hz is also the large fan's third partial, a ninth of its first one's power.
        static double PowerAt(int hertz, double[] sound)
        {
            var (real, imaginary) = (0.0, 0.0);
            for (var n = 0; n < sound.Length; n++)
            {
                real += sound[n] * Math.Cos(2 * Math.PI * hertz * n / Soundtrack.Rate);
                imaginary += sound[n] * Math.Sin(2 * Math.PI * hertz * n / Soundtrack.Rate);
            }

            return (real * real) + (imaginary * imaginary);
        }
    }

    [Fact]
    public void Metal_rings_longer_than_rubber_and_damping_shortens_both()
    {
        Assert.True(Ringing(Material.Metal, 0.5) > 3 * Ringing(Material.Rubber, 0.5));
        Assert.True(Ringing(Material.Metal, 0) > 1.3 * Ringing(Material.Metal, 1));

        // Share of the energy that comes later than 50 ms after the only blow.
        static double Ringing(Material material, double damping)
        {
            var sound = SoundOf(new Plate(Middle with { Material = material, Damping = damping, Tempo = 0, Phase = 0 }));
            return sound[(int)(0.13 * Soundtrack.Rate)..].Sum(sample => sample * sample) / sound.Sum(sample => sample * sample);
        }
    }

    [Fact]
    public void Siren_rises_while_its_beam_turns_to_the_right()
    {
        // One turn in the clip from straight ahead: the beam points right until the middle, left after it.
        var sound = SoundOf(new Siren(Middle with { Tempo = 0.2 / 3.2, Phase = 0, Damping = 0 }));
        Assert.True(Crossings(sound[2000..6000]) > 1.5 * Crossings(sound[10000..14000]));

        static int Crossings(double[] part) => part.Zip(part.Skip(1)).Count(pair => pair.First < 0 && pair.Second >= 0);
    }

    private static SimulatedEvent Of(EventKind kind, Latents latents)
    {
        var random = new CounterRandom(0, Purpose.Test, sample: 5);
        return SimulatedEvent.Of(kind, latents, ref random);
    }

    private static double[] SoundOf(SimulatedEvent scene)
    {
        var track = new Soundtrack(new CounterRandom(0, Purpose.Test, sample: 6));
        scene.Sound(track);
        return track.Samples;
    }

    private static float[] Picture(SimulatedEvent scene, double time)
    {
        var canvas = new Canvas(Camera.Plain);
        scene.Draw(canvas, time);
        return canvas.Ink.ToArray();
    }

    /// <summary>Height of the ball's ink over the floor line: rows above the floor, weighted by their ink.</summary>
    private static double BottomOf(SimulatedEvent scene, double time)
    {
        var ink = Picture(scene, time);
        var (weighted, sum) = (0.0, 0.0);
        for (var row = 0; row < 27; row++)
            for (var column = 0; column < Canvas.Side; column++) (weighted, sum) = (weighted + (ink[(row * Canvas.Side) + column] * (31 - row)), sum + ink[(row * Canvas.Side) + column]);
        return weighted / Math.Max(sum, 1e-9);
    }

    private static double Lowest(double[] heights) => heights.Min() + (0.25 * (heights.Max() - heights.Min()));

    /// <summary>Times at which a stretch of 2 ms is twice as loud as any of the five before, seconds.</summary>
    private static List<double> Onsets(double[] sound)
    {
        const int Step = 32, Past = 5;
        var loud = sound.Chunk(Step).Select(part => part.Max(Math.Abs)).ToArray();
        var onsets = new List<double>();
        for (var part = Past; part < loud.Length; part++)
        {
            var time = (double)part * Step / Soundtrack.Rate;
            if (loud[part] > (2 * loud[(part - Past)..part].Max()) + 1e-6 && (onsets.Count == 0 || time - onsets[^1] > 0.02)) onsets.Add(time);
        }

        return onsets;
    }
}
