namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>A toothed wheel is cranked past a pawl, which clicks on every tooth; the hand is not quite even.</summary>
internal sealed class Ratchet : SimulatedEvent
{
    private const double X = 0.42, Y = 0.42;

    private readonly Latents _latents;
    private readonly List<Contact> _contacts = [];
    private readonly double _radius, _turns, _sway;
    private readonly int _teeth;

    public Ratchet(Latents latents)
    {
        _latents = latents;
        _radius = Latents.Between(latents.Size, 0.2, 0.3);
        _teeth = 8 + (int)(5 * latents.Height);
        _turns = Latents.Between(latents.Tempo, 0.9, 2.2);
        _sway = Latents.Between(latents.Damping, 0.1, 0.75);
        for (var (step, last) = (1, Passed(0)); step < 8000; step++)
        {
            var time = step * Seconds / 8000;
            if (Passed(time) == last) continue;
            last = Passed(time);
            _contacts.Add(new(time, last % 2 == 0 ? 1 : 0.8));
        }
    }

    public override IReadOnlyList<Contact> Contacts => _contacts;

    public override void Draw(Canvas canvas, double time)
    {
        var angle = AngleAt(time);
        canvas.Ring(X, Y, _radius - 0.03, 0.06, Math.Max(0.6, Canvas.ToneOf(_latents.Material)));
        for (var tooth = 0; tooth < _teeth; tooth++)
        {
            var (cos, sin) = (Elementary.Cos(angle + (tooth * Turn / _teeth)), Elementary.Sin(angle + (tooth * Turn / _teeth)));
            canvas.Line(X + (_radius * cos), Y + (_radius * sin), X + ((_radius + 0.07) * cos), Y + ((_radius + 0.07) * sin), 0.05, 1);
        }

        canvas.Line(X, Y, X + (_radius * Elementary.Cos(angle)), Y + (_radius * Elementary.Sin(angle)), 0.06, 1);   // the crank
        var part = (angle * _teeth / Turn) - Math.Floor(angle * _teeth / Turn);                                     // the pawl climbs a tooth, then drops
        var tip = _radius + 0.03 + (0.07 * part);
        canvas.Line(X + tip, Y, 1.05, Y + 0.35, 0.06, 0.9);
    }

    public override void Sound(Soundtrack track)
    {
        var body = Body.Of(_latents.Material, Body.Bar, Latents.Octaves(_latents.Size, 3200, 700), damping: 1);
        track.Strike(body with { Modes = [.. body.Modes.Select(mode => mode with { Decay = Math.Min(mode.Decay, 0.08) })] }, _contacts);
    }

    /// <summary>Never turns back: its speed is 1 ± sway of the mean.</summary>
    private double AngleAt(double time)
    {
        var beat = Turn * 1.5;
        return Turn * _turns * (time + (_sway * Elementary.Sin((beat * time) + (Turn * _latents.Phase)) / beat)) + (Turn * _latents.Place);
    }

    private int Passed(double time) => (int)Math.Floor(AngleAt(time) * _teeth / Turn);
}
