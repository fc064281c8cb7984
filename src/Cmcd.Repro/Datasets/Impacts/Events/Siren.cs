namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>A rotating lamp whose horn rises while the beam turns to the right and falls while it turns to the left.</summary>
internal sealed class Siren(Latents latents) : SimulatedEvent
{
    private const double X = 0.5, Y = 0.42;

    private readonly double _turns = Latents.Between(latents.Tempo, 0.8, 4);

    public override IReadOnlyList<Contact> Contacts => [];

    public override void Draw(Canvas canvas, double time)
    {
        var half = Latents.Between(latents.Size, 0.12, 0.24);
        canvas.Line(0.5 - half, 0.16, 0.5 + half, 0.16, 0.22, 0.9);
        canvas.Disc(X, Y - 0.06, 0.1, 1);
        var (cos, sin) = (Elementary.Cos(AngleAt(time)), Elementary.Sin(AngleAt(time)));
        // The lamp turns about an upright axis: seen from the front, the beam's length goes with the sine, its brightness with the cosine.
        canvas.Line(X, Y, X + (0.5 * sin), Y + 0.1, 0.1, 0.75);
        canvas.Line(X, Y, X + (0.5 * sin), Y + 0.32, 0.06, 0.5);
        if (cos > 0) canvas.Ring(X, Y - 0.02, 0.16 + (0.12 * cos), 0.05, cos);
    }

    public override void Sound(Soundtrack track)
    {
        var (middle, octaves) = (Latents.Octaves(latents.Size, 1400, 380), Latents.Between(latents.Height, 0.25, 0.7));
        track.Tone(
            time => middle * Elementary.Exp(octaves * Elementary.Ln2 * Elementary.Sin(AngleAt(time))),
            time => 1 + (0.4 * Elementary.Cos(AngleAt(time))), overtones: 1 + (int)(6 * latents.Damping));
    }

    private double AngleAt(double time) => Turn * ((_turns * time) + latents.Phase);
}
