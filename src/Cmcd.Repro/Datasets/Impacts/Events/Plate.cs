namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>A mallet comes down on a plate, once or twice; the plate shakes and rings on.</summary>
internal sealed class Plate : SimulatedEvent
{
    private const double Level = 0.32, Reach = 0.22, Shake = 9;     // height of the plate; of a lifted mallet over it; visible swings a second

    private readonly Latents _latents;
    private readonly Contact[] _contacts;
    private readonly double _half, _still;

    public Plate(Latents latents)
    {
        _latents = latents;
        _half = Latents.Between(latents.Size, 0.2, 0.42);
        _still = Latents.Between(latents.Damping, 0.5, 0.15);
        _contacts = Contact.Train(0.08 + (0.35 * latents.Phase), Latents.Between(latents.Tempo, 1.2, 0.35), 0.8);
    }

    public override IReadOnlyList<Contact> Contacts => _contacts;

    public override void Draw(Canvas canvas, double time)
    {
        const int Parts = 8;
        var bend = _contacts.Where(contact => contact.Time <= time).Sum(contact =>
            0.07 * contact.Strength * Elementary.Exp((contact.Time - time) / _still) * Elementary.Sin(Turn * Shake * (time - contact.Time)));
        for (var part = 0; part < Parts; part++)
        {
            var (left, right) = (((2.0 * part) / Parts) - 1, ((2.0 * (part + 1)) / Parts) - 1);
            canvas.Line(0.5 + (_half * left), Level - Sag(left), 0.5 + (_half * right), Level - Sag(right), 0.06, Math.Max(0.5, Canvas.ToneOf(_latents.Material)));
        }

        canvas.Line(0.5 - (_half / 2), Level - 0.05, 0.5 - (_half / 2), -0.1, 0.05, 0.8);
        canvas.Line(0.5 + (_half / 2), Level - 0.05, 0.5 + (_half / 2), -0.1, 0.05, 0.8);

        var away = _contacts.Min(contact => Math.Abs(time - contact.Time));
        var lift = Latents.Between(_latents.Height, 0.25, 0.45) * Math.Min(1, away / 0.14);
        var x = 0.5 + (_half * Latents.Between(_latents.Place, -0.5, 0.5));
        canvas.Disc(x, Level + 0.1 + lift, 0.07, 1);
        canvas.Line(x, Level + 0.1 + lift, x + 0.5, Level + Reach + (1.4 * lift), 0.04, 0.9);

        double Sag(double along) => bend * Elementary.Cos(Math.PI * along);
    }

    public override void Sound(Soundtrack track) =>
        track.Strike(Body.Of(_latents.Material, Body.Bar, Latents.Octaves(_latents.Size, 1600, 220), 0.6 * _latents.Damping), _contacts);
}
