using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>Two hands clap, nearly in time; each clap is a short burst of noise around the tone of the hollow between them.</summary>
internal sealed class ClappingHands : SimulatedEvent
{
    private readonly Latents _latents;
    private readonly Contact[] _contacts;
    private readonly double _interval;

    public ClappingHands(Latents latents, ref CounterRandom random)
    {
        _latents = latents;
        _interval = Latents.Between(latents.Tempo, 0.42, 0.13);
        _contacts = Contact.Train(_interval * latents.Phase, _interval);
        for (var clap = 0; clap < _contacts.Length; clap++)
        {
            var time = _contacts[clap].Time + (_interval * random.NextUniform(-0.08f, 0.08f));
            _contacts[clap] = new(Math.Clamp(time, 0, Seconds - 0.001), random.NextUniform(0.6f, 1));
        }
    }

    public override IReadOnlyList<Contact> Contacts => _contacts;

    public override void Draw(Canvas canvas, double time)
    {
        var palm = Latents.Between(_latents.Size, 0.12, 0.18);
        var apart = Latents.Between(_latents.Height, 0.2, 0.34) * OpenAt(time);
        Hand(-1);
        Hand(1);

        void Hand(int side)
        {
            var (x, y) = (0.5 + (side * (0.045 + apart)), Latents.Between(_latents.Place, 0.5, 0.62));
            canvas.Line(x, y - (palm / 2), x + (side * 0.5 * apart), y + palm, 0.09, 1);
            canvas.Line(x, y - (palm / 2), x + (side * 0.05), y + (palm / 2), 0.12, 1);
            canvas.Line(x + (side * 0.02), y - palm, 0.5 + (side * (0.3 + (0.5 * apart))), -0.1, 0.1, 0.7);
        }
    }

    public override void Sound(Soundtrack track) => track.Burst(
        _contacts, Latents.Between(_latents.Damping, 0.12, 0.03), Latents.Octaves(_latents.Size, 2600, 700), sharpness: 1.5);

    /// <summary>0 at each clap, 1 half-way between two.</summary>
    private double OpenAt(double time)
    {
        var (before, after) = (_contacts[0].Time - _interval, _contacts[^1].Time + _interval);
        foreach (var contact in _contacts)
        {
            if (contact.Time <= time) before = contact.Time;
            else if (contact.Time < after) after = contact.Time;
        }

        return Elementary.Sin(Math.PI * Math.Clamp((time - before) / (after - before), 0, 1));
    }
}
