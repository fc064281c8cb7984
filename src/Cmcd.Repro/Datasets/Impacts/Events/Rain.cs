using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>Rain on a tin roof: many drops, each at a time and place of its own.</summary>
internal sealed class Rain : SimulatedEvent
{
    private const double Speed = 1.7, Splash = 0.09;      // of a drop, scene units a second; seconds that a splash can be seen

    private readonly Latents _latents;
    private readonly Contact[] _contacts;
    private readonly double[] _places;

    public Rain(Latents latents, ref CounterRandom random)
    {
        _latents = latents;
        var drops = (int)Latents.Between(latents.Tempo, 14, 46);
        var contacts = new Contact[drops];
        _places = new double[drops];
        for (var drop = 0; drop < drops; drop++)
        {
            contacts[drop] = new(random.NextUniform() * Seconds, random.NextUniform(0.25f, 1));
            _places[drop] = random.NextUniform(0, 1);
        }

        _contacts = [.. contacts.OrderBy(contact => contact.Time)];
    }

    public override IReadOnlyList<Contact> Contacts => _contacts;

    public override void Draw(Canvas canvas, double time)
    {
        canvas.Line(-0.1, RoofAt(-0.1), 1.1, RoofAt(1.1), 0.06, 1);
        for (var drop = 0; drop < _contacts.Length + (_contacts.Length / 2); drop++)
        {
            // Past the last drop, those of the first half second come again: they are still in the air when the clip ends.
            var (index, later) = drop < _contacts.Length ? (drop, 0.0) : (drop - _contacts.Length, Seconds);
            var (x, since) = (_places[index], time - _contacts[index].Time - later);
            var y = RoofAt(x) + 0.03 - (Speed * since);
            if (since < 0 && y < 1.2) canvas.Line(x, y, x, y + 0.12, 0.03, 0.9);
            if (since is < 0 or > Splash) continue;
            var rise = 0.04 + (0.8 * since);
            canvas.Line(x - 0.02, RoofAt(x) + 0.05, x - rise, RoofAt(x) + 0.03 + rise, 0.03, 1);
            canvas.Line(x + 0.02, RoofAt(x) + 0.05, x + rise, RoofAt(x) + 0.03 + rise, 0.03, 1);
        }
    }

    public override void Sound(Soundtrack track)
    {
        var body = Body.Of(_latents.Material, Body.Bar, Latents.Octaves(_latents.Size, 3000, 600), damping: 1);
        track.Strike(body with { Modes = [.. body.Modes.Select(mode => mode with { Decay = Math.Min(mode.Decay, 0.1) })] }, _contacts);
        track.Hiss(_ => 0.02, _ => 3000, sharpness: 0.5);
    }

    private double RoofAt(double x) => 0.22 + (Latents.Between(_latents.Height, -0.2, 0.2) * (x - 0.5));
}
