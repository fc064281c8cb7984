using System.ComponentModel.DataAnnotations;
using System.Diagnostics;

namespace Cmcd.Repro.Experiments.Gap;

/// <summary>One point of the experiment: how far the modalities lie apart.</summary>
/// <param name="PairCorrelation">ρ: the target's latent is ρ times the source's within its class, the rest is drawn anew; 1 is the same latent. The class stays.</param>
/// <param name="Shift">μ, by which every target latent lies off, in standard deviations of the latent within a class.</param>
/// <param name="Angle">By how many degrees the target's observations are turned away from the source's map; 90 makes them orthogonal. Loses nothing.</param>
/// <param name="Noise">Standard deviation of the target's content noise, in those of the latent within a class. Loses information.</param>
/// <param name="Pairs">Number of pairs.</param>
public sealed record GapLevel(
    [Range(0, 1.0)] double PairCorrelation,
    [Range(0, double.MaxValue)] double Shift,
    [Range(0, 90.0)] double Angle,
    [Range(0, double.MaxValue)] double Noise,
    [Range(2, int.MaxValue)] int Pairs)
{
    /// <summary>The same with one dial turned.</summary>
    public GapLevel With(GapDial dial, double setting) => dial switch
    {
        GapDial.PairCorrelation => this with { PairCorrelation = setting },
        GapDial.Shift => this with { Shift = setting },
        GapDial.Angle => this with { Angle = setting },
        GapDial.Noise => this with { Noise = setting },
        GapDial.Pairs => this with { Pairs = (int)setting },
        _ => throw new UnreachableException($"GapDial has a value without an arm here: {dial}."),
    };
}
