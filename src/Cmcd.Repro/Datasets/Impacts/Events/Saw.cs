namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>A saw goes to and fro in a log: noise that swells and brightens with its speed and rests at both ends.</summary>
internal sealed class Saw(Latents latents) : SimulatedEvent
{
    private readonly double _strokes = Latents.Between(latents.Tempo, 1.2, 3.6);
    private readonly double _reach = Latents.Between(latents.Height, 0.12, 0.24);

    public override IReadOnlyList<Contact> Contacts => [];

    public override void Draw(Canvas canvas, double time)
    {
        var radius = Latents.Between(latents.Size, 0.15, 0.24);
        canvas.Ball(0.45, 0.12 + radius, radius, Material.Wood);
        canvas.Ring(0.45, 0.12 + radius, radius / 2, 0.03, 1);
        var (x, y) = (0.45 + (_reach * Elementary.Sin(AngleAt(time))), 0.12 + (1.6 * radius));
        canvas.Line(x - 0.42, y + 0.02, x + 0.3, y + 0.05, 0.05, 1);
        canvas.Line(x - 0.42, y + 0.02, x + 0.34, y + 0.16, 0.04, 1);
        canvas.Ring(x + 0.4, y + 0.12, 0.08, 0.06, 1);
    }

    public override void Sound(Soundtrack track)
    {
        var (centre, back) = (Latents.Octaves(latents.Size, 3000, 700), Latents.Between(latents.Damping, 1, 0.35));
        track.Hiss(
            time => Math.Abs(SpeedAt(time)) * (SpeedAt(time) > 0 ? 1 : back),
            time => centre * (0.5 + (0.7 * Math.Abs(SpeedAt(time)))), sharpness: Latents.Between(latents.Place, 0.8, 3));
    }

    private double AngleAt(double time) => Turn * ((_strokes * time) + latents.Phase);

    /// <summary>Relative to the fastest, to the right above 0.</summary>
    private double SpeedAt(double time) => Elementary.Cos(AngleAt(time));
}
