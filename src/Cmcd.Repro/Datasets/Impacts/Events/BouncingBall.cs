namespace Cmcd.Repro.Datasets.Impacts.Events;

/// <summary>A ball falls and bounces, each time less high, so that the blows follow each other ever faster and softer.</summary>
internal sealed class BouncingBall : SimulatedEvent
{
    private const double Floor = 0.08;

    private readonly Latents _latents;
    private readonly List<Contact> _contacts = [];
    private readonly double _radius, _gravity, _firstSpeed;

    public BouncingBall(Latents latents)
    {
        _latents = latents;
        _radius = Latents.Between(latents.Size, 0.07, 0.16);
        _gravity = Latents.Between(latents.Tempo, 7, 20);
        var kept = Latents.Between(latents.Damping, 0.88, 0.6);
        _firstSpeed = Math.Sqrt(2 * _gravity * Latents.Between(latents.Height, 0.35, 0.75));
        var (speed, time) = (_firstSpeed, _firstSpeed / _gravity * (1 - (0.8 * latents.Phase)));
        while (time < Seconds && speed > 0.08 * _firstSpeed)
        {
            _contacts.Add(new(time, speed / _firstSpeed));
            speed *= kept;
            time += 2 * speed / _gravity;
        }

        Kept = kept;
    }

    public override IReadOnlyList<Contact> Contacts => _contacts;

    /// <summary>Share of the speed that a bounce leaves.</summary>
    private double Kept { get; }

    /// <summary>Height of the ball's lowest point over the floor; 0 at each contact.</summary>
    public double GapAt(double time)
    {
        var last = _contacts.FindLastIndex(contact => contact.Time <= time);
        if (last < 0) return Parabola(_contacts[0].Time - time, _firstSpeed);
        return Math.Max(0, Parabola(time - _contacts[last].Time, _contacts[last].Strength * Kept * _firstSpeed));

        double Parabola(double since, double speed) => (speed * since) - (_gravity * since * since / 2);
    }

    public override void Draw(Canvas canvas, double time)
    {
        canvas.Line(-0.2, Floor - 0.02, 1.2, Floor - 0.02, 0.04, 0.8);
        canvas.Ball(Latents.Between(_latents.Place, 0.15, 0.45) + (0.4 * time), Floor + _radius + GapAt(time), _radius, _latents.Material);
    }

    public override void Sound(Soundtrack track) =>
        track.Strike(Body.Of(_latents.Material, Body.Drum, Latents.Octaves(_latents.Size, 1500, 260), _latents.Damping), _contacts);
}
