namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>A fan turns in its cage: air that swells with every passing blade, over the motor's hum.</summary>
internal sealed class Fan(Latents latents) : SimulatedEvent
{
    private const double X = 0.5, Y = 0.58;

    private readonly int _blades = 3 + (int)(3 * latents.Height);
    private readonly double _radius = Latents.Between(latents.Size, 0.22, 0.38);
    private readonly double _turns = Latents.Between(latents.Tempo, 1.2, 4.5);

    public override IReadOnlyList<Contact> Contacts => [];

    public override void Draw(Canvas canvas, double time)
    {
        canvas.Ring(X, Y, _radius + 0.03, 0.035, 0.9);
        canvas.Line(X, Y - _radius - 0.03, X, 0.02, 0.06, 0.9);
        canvas.Line(X - 0.18, 0.02, X + 0.18, 0.02, 0.06, 0.9);
        canvas.Disc(X, Y, 0.06, 1);
        for (var blade = 0; blade < _blades; blade++)
        {
            var angle = AngleAt(time) + (blade * Turn / _blades);
            canvas.Line(X, Y, X + ((_radius - 0.06) * Elementary.Cos(angle)), Y + ((_radius - 0.06) * Elementary.Sin(angle)), 0.11, 0.8);
        }
    }

    public override void Sound(Soundtrack track)
    {
        var (depth, hum) = (Latents.Between(latents.Damping, 0.8, 0.2), Latents.Octaves(latents.Size, 240, 80));
        track.Hiss(
            time => 1 + (depth * Elementary.Cos(_blades * AngleAt(time))), _ => Latents.Octaves(latents.Place, 350, 1600), sharpness: 0.6);
        track.Tone(_ => hum, _ => 0.15, overtones: 5);
    }

    private double AngleAt(double time) => Turn * ((_turns * time) + latents.Phase);
}
