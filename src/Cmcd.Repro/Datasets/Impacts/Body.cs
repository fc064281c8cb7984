using System.Diagnostics;

namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>A way a body can ring.</summary>
/// <param name="Frequency">Hertz.</param>
/// <param name="Decay">Seconds to fall by 60 dB.</param>
/// <param name="Gain">Amplitude after a blow of strength 1.</param>
internal readonly record struct Mode(double Frequency, double Decay, double Gain);

/// <summary>A thing that rings when it is struck or rubbed: its modes, and how long a blow on it lasts.</summary>
/// <param name="Modes">Its modes, the lowest first.</param>
/// <param name="Blow">Length of a blow, seconds: the softer, the longer and the duller.</param>
internal sealed record Body(IReadOnlyList<Mode> Modes, double Blow)
{
    /// <summary>Frequencies of a free bar or plate over its lowest (Euler-Bernoulli beam).</summary>
    public static readonly double[] Bar = [1, 2.756, 5.404, 8.933];

    /// <summary>Frequencies of a round membrane over its lowest (zeros of Bessel functions).</summary>
    public static readonly double[] Drum = [1, 1.594, 2.136, 2.296, 2.653, 2.918];

    /// <summary>A body of a material.</summary>
    /// <param name="material">Decides decay, brightness and hardness.</param>
    /// <param name="ratios">Frequencies of the modes over the lowest.</param>
    /// <param name="frequency">The lowest mode, hertz.</param>
    /// <param name="damping">0 rings twice as long as 0.5, 1 half as long.</param>
    public static Body Of(Material material, double[] ratios, double frequency, double damping)
    {
        // Seconds of the lowest mode, fall of the decay and of the gain with frequency, seconds of a blow.
        var (decay, absorption, dullness, blow) = material switch
        {
            Material.Wood => (0.16, 0.8, 0.9, 0.0006),
            Material.Metal => (1.1, 0.5, 0.4, 0.00015),
            Material.Glass => (0.45, 0.6, 0.3, 0.00015),
            Material.Rubber => (0.07, 1.0, 1.6, 0.0025),
            _ => throw new UnreachableException($"Material has a value without an arm here: {material}."),
        };
        var modes = from ratio in ratios
                    let fall = Elementary.Log(ratio)
                    select new Mode(
                        frequency * ratio,
                        Math.Max(0.015, decay * Elementary.Exp(((1 - (2 * damping)) * Elementary.Ln2) - (absorption * fall))),
                        Elementary.Exp(-dullness * fall));
        return new([.. modes], blow);
    }
}
