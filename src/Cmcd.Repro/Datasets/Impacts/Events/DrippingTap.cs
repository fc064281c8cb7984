namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>Drops fall from a tap into water; each closes a bubble that sings upwards, and sends out a ring.</summary>
internal sealed class DrippingTap : SimulatedEvent
{
    private const double Water = 0.2, Spout = 0.82, Spreading = 0.4;     // seconds that a ring can be seen

    private readonly Latents _latents;
    private readonly Contact[] _contacts;
    private readonly double _interval, _gravity, _fall;

    public DrippingTap(Latents latents)
    {
        _latents = latents;
        _interval = Latents.Between(latents.Tempo, 0.55, 0.16);
        _gravity = Latents.Between(latents.Height, 6, 16);
        _fall = Math.Sqrt(2 * (Spout - Water) / _gravity);
        _contacts = Contact.Train(_interval * latents.Phase, _interval);
    }

    public override IReadOnlyList<Contact> Contacts => _contacts;

    public override void Draw(Canvas canvas, double time)
    {
        canvas.Line(0.5, Spout + 0.06, 0.5, Spout + 0.14, 0.1, 1);
        canvas.Line(0.5, Spout + 0.14, 0.9, Spout + 0.14, 0.09, 1);
        canvas.Line(-0.2, Water - 0.02, 1.2, Water - 0.02, 0.03, 0.6);
        canvas.Line(-0.2, Water - 0.2, 1.2, Water - 0.2, 0.34, 0.3);
        for (var drop = 0; drop < _contacts.Length + 4; drop++)            // drops that fall now may land after the clip
        {
            var since = time - (_contacts[0].Time + (drop * _interval));
            var fallen = _fall + since;
            if (since < 0 && fallen > 0)
                canvas.Disc(0.5, Spout - (_gravity * fallen * fallen / 2), Latents.Between(_latents.Size, 0.035, 0.07), 1);
            if (since is < 0 or > Spreading) continue;

            var (half, tone) = (0.06 + (1.1 * since), 1 - (since / Spreading));
            canvas.Line(0.5 - half - 0.06, Water, 0.5 - half + 0.02, Water + 0.02, 0.05, tone);
            canvas.Line(0.5 + half - 0.02, Water + 0.02, 0.5 + half + 0.06, Water, 0.05, tone);
            var jump = (2.2 * since) - (9 * since * since);
            if (jump > 0) canvas.Disc(0.5, Water + jump, 0.035, 1);
        }
    }

    public override void Sound(Soundtrack track)
    {
        var frequency = Latents.Octaves(_latents.Size, 2200, 500);
        foreach (var contact in _contacts)
            track.Bubble(contact, frequency, rise: Latents.Between(_latents.Place, 0.3, 1.2), decay: Latents.Between(_latents.Damping, 0.16, 0.05));
        track.Burst(_contacts, decay: 0.03, centre: 4000, sharpness: 0.7);
    }
}
