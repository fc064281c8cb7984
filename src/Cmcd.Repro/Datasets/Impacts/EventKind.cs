namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>What happens in a clip: the classes of the data set, in the order of their labels.</summary>
internal enum EventKind
{
    BouncingBall,
    Pendulum,
    Plate,
    PluckedString,
    RollingWheel,
    DrippingTap,
    Ratchet,
    Fan,
    Siren,
    ClappingHands,
    Saw,
    Rain,
}
