namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>A finger pulls a string between two pegs aside and lets go; it swings, fast at first, and sounds all its harmonics.</summary>
internal sealed class PluckedString : SimulatedEvent
{
    private const double Middle = 0.45, Pull = 0.2, Pulling = 0.16;     // pull in scene units, its length in seconds
    private const int Harmonics = 12;

    private readonly Latents _latents;
    private readonly Contact[] _contacts;
    private readonly double _half, _place, _still, _swings;

    public PluckedString(Latents latents)
    {
        _latents = latents;
        _half = Latents.Between(latents.Size, 0.24, 0.45);
        _place = Latents.Between(latents.Place, 0.12, 0.5);
        _still = Latents.Between(latents.Damping, 0.6, 0.15);
        _swings = Latents.Between(latents.Size, 8, 4);                  // visible swings a second: the camera cannot follow the true ones
        _contacts = Contact.Train(0.05 + (0.3 * latents.Phase), Latents.Between(latents.Tempo, 0.9, 0.3), 0.95);
    }

    /// <summary>When the finger lets go.</summary>
    public override IReadOnlyList<Contact> Contacts => _contacts;

    public override void Draw(Canvas canvas, double time)
    {
        const int Parts = 16;
        var next = Array.Find(_contacts, contact => contact.Time >= time);
        var pull = next.Strength > 0 && next.Time - time < Pulling ? Pull * (1 - ((next.Time - time) / Pulling)) : 0;
        var free = Array.FindLast(_contacts, contact => contact.Time < time);
        for (var part = 0; part < Parts; part++)
        {
            var (left, right) = ((double)part / Parts, (part + 1.0) / Parts);
            canvas.Line(XOf(left), Middle + Bend(left), XOf(right), Middle + Bend(right), 0.035, 1);
        }

        canvas.Line(XOf(0), Middle + 0.12, XOf(0), Middle - 0.18, 0.07, 0.8);
        canvas.Line(XOf(1), Middle + 0.12, XOf(1), Middle - 0.18, 0.07, 0.8);
        if (pull > 0)
        {
            canvas.Disc(XOf(_place), Middle + Bend(_place) + 0.05, 0.065, 1);
            canvas.Line(XOf(_place), Middle + Bend(_place) + 0.05, XOf(_place) + 0.15, 1.1, 0.08, 0.7);
        }

        double XOf(double along) => 0.5 + (_half * ((2 * along) - 1));

        double Bend(double along)
        {
            if (pull > 0) return pull * Math.Min(along / _place, (1 - along) / (1 - _place));
            if (free.Strength == 0) return 0;
            var since = time - free.Time;
            return Enumerable.Range(1, 3).Sum(k => Pull * 1.5 * Elementary.Exp(-since * k / _still) * Elementary.Sin(Math.PI * k * _place)
                * Elementary.Sin(Math.PI * k * along) * Elementary.Cos(Turn * k * _swings * since) / (k * k));
        }
    }

    public override void Sound(Soundtrack track)
    {
        var frequency = Latents.Octaves(_latents.Size, 520, 110);
        var modes = from k in Enumerable.Range(1, Harmonics)
                    select new Mode(frequency * k, 2.2 * _still / k, Elementary.Sin(Math.PI * k * _place) / k);
        track.Strike(new Body([.. modes], Blow: 0.0002), _contacts);
    }
}
