namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>A pendulum swings from a bell and back against it, at equal intervals.</summary>
internal sealed class Pendulum : SimulatedEvent
{
    private const double PivotX = 0.4, PivotY = 0.95, Bob = 0.07;

    private readonly Latents _latents;
    private readonly Contact[] _contacts;
    private readonly double _interval, _fade, _length, _bell;

    public Pendulum(Latents latents)
    {
        _latents = latents;
        _interval = Latents.Between(latents.Tempo, 0.5, 0.2);
        _fade = Latents.Between(latents.Damping, 0.97, 0.75);
        _length = Latents.Between(latents.Place, 0.5, 0.62);
        _bell = Latents.Between(latents.Size, 0.09, 0.2);
        _contacts = Contact.Train(_interval * latents.Phase, _interval, _fade);
    }

    public override IReadOnlyList<Contact> Contacts => _contacts;

    public override void Draw(Canvas canvas, double time)
    {
        var swings = (time - _contacts[0].Time) / _interval;
        var strength = Elementary.Exp(Math.Max(0, Math.Floor(swings) + 1) * Elementary.Log(_fade));
        var angle = -Latents.Between(_latents.Height, 0.6, 1.1) * strength * Math.Abs(Elementary.Sin(Math.PI * swings));
        var (x, y) = (PivotX + (_length * Elementary.Sin(angle)), PivotY - (_length * Elementary.Cos(angle)));
        canvas.Line(PivotX - 0.2, PivotY + 0.03, PivotX + 0.2, PivotY + 0.03, 0.05, 0.8);
        canvas.Line(PivotX, PivotY, x, y, 0.03, 0.9);
        canvas.Disc(x, y, Bob, 1);
        var bell = PivotX + Bob + _bell;
        canvas.Ball(bell, PivotY - _length, _bell, _latents.Material);
        canvas.Line(bell, PivotY - _length - _bell, bell, -0.1, 0.04, 0.8);
    }

    public override void Sound(Soundtrack track) =>
        track.Strike(Body.Of(_latents.Material, Body.Bar, Latents.Octaves(_latents.Size, 1300, 240), _latents.Damping), _contacts);
}
