namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>A wheel rolls over a rough floor: it rumbles with its speed and every turn, and knocks on each bump.</summary>
internal sealed class RollingWheel : SimulatedEvent
{
    private const double Floor = 0.15, Bump = 0.03;

    private readonly Latents _latents;
    private readonly List<Contact> _contacts = [];
    private readonly double _radius, _speed, _brake, _spacing, _start;

    public RollingWheel(Latents latents)
    {
        _latents = latents;
        _radius = Latents.Between(latents.Size, 0.12, 0.24);
        _speed = Latents.Between(latents.Tempo, 0.5, 1.3);
        _brake = _speed * Latents.Between(latents.Damping, 0, 0.45);     // never stops within the clip
        _spacing = Latents.Between(latents.Height, 0.18, 0.5);
        _start = Latents.Between(latents.Phase, -0.1, 0.15);
        for (var (step, last) = (0, Bumps(0)); step <= 4000; step++)
        {
            var time = step * Seconds / 4000;
            if (time >= Seconds || Bumps(time) == last) continue;
            last = Bumps(time);
            _contacts.Add(new(time, SpeedAt(time) / _speed));
        }
    }

    public override IReadOnlyList<Contact> Contacts => _contacts;

    public override void Draw(Canvas canvas, double time)
    {
        canvas.Line(-0.5, Floor - 0.03, 1.7, Floor - 0.03, 0.05, 0.8);
        for (var bump = -4; bump < 10; bump++) canvas.Disc(bump * _spacing, Floor, Bump, 1);
        var (x, y, angle) = (PlaceAt(time), Floor + _radius, -PlaceAt(time) / _radius);
        canvas.Ring(x, y, _radius - 0.02, 0.045, 1);
        canvas.Disc(x, y, 0.04, 1);
        for (var spoke = 0; spoke < 3; spoke++)
        {
            var (cos, sin) = (Elementary.Cos(angle + (spoke * Turn / 3)), Elementary.Sin(angle + (spoke * Turn / 3)));
            canvas.Line(x, y, x + (_radius * cos), y + (_radius * sin), 0.035, Math.Max(0.5, Canvas.ToneOf(_latents.Material)));
        }
    }

    public override void Sound(Soundtrack track)
    {
        var body = Body.Of(_latents.Material == Material.Glass ? Material.Wood : _latents.Material, Body.Drum, Latents.Octaves(_latents.Size, 600, 130), 0.8);
        track.Rub(body, time => SpeedAt(time) / _speed * (1 + (0.7 * Elementary.Cos(PlaceAt(time) / _radius))));
        track.Strike(body, _contacts);
    }

    private double PlaceAt(double time) => _start + (_speed * time) - (_brake * time * time / 2);

    private double SpeedAt(double time) => _speed - (_brake * time);

    private int Bumps(double time) => (int)Math.Floor(PlaceAt(time) / _spacing);
}
