using System.Diagnostics;
using Cmcd.Repro.Datasets.Impacts.Events;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>One second of something that happens: a motion, from which both its picture at any time and its sound follow.</summary>
/// <remarks>
/// The scene is about 1 wide and 1 high, y upwards, its middle at (0.5, 0.5). Picture and sound read the same contacts and the same speeds;
/// camera, room and noise are added later, to each side on its own.
/// </remarks>
internal abstract class SimulatedEvent
{
    /// <summary>Length of every clip, seconds.</summary>
    public const double Seconds = 1;

    private protected const double Turn = 2 * Math.PI;

    /// <summary>When things touch, in order of time, within the clip; empty for what sounds without blows.</summary>
    public abstract IReadOnlyList<Contact> Contacts { get; }

    /// <summary>Draws the scene as it stands at a time in 0 … <see cref="Seconds"/>.</summary>
    public abstract void Draw(Canvas canvas, double time);

    /// <summary>Adds the sound of the whole clip.</summary>
    public abstract void Sound(Soundtrack track);

    /// <summary>The event of a class.</summary>
    /// <param name="kind">The class.</param>
    /// <param name="latents">Size, tempo and the like.</param>
    /// <param name="random">For what the latents leave open, such as where each drop of rain falls.</param>
    public static SimulatedEvent Of(EventKind kind, Latents latents, ref CounterRandom random) => kind switch
    {
        EventKind.BouncingBall => new BouncingBall(latents),
        EventKind.Pendulum => new Pendulum(latents),
        EventKind.Plate => new Plate(latents),
        EventKind.PluckedString => new PluckedString(latents),
        EventKind.RollingWheel => new RollingWheel(latents),
        EventKind.DrippingTap => new DrippingTap(latents),
        EventKind.Ratchet => new Ratchet(latents),
        EventKind.Fan => new Fan(latents),
        EventKind.Siren => new Siren(latents),
        EventKind.ClappingHands => new ClappingHands(latents, ref random),
        EventKind.Saw => new Saw(latents),
        EventKind.Rain => new Rain(latents, ref random),
        _ => throw new UnreachableException($"EventKind has a value without an arm here: {kind}."),
    };
}
