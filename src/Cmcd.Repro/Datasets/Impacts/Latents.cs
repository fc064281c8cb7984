using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>What is drawn for a clip besides its class; each event gives the numbers, all in [0, 1), its own meaning and range.</summary>
/// <param name="Size">Of the thing that sounds: the larger, the lower.</param>
/// <param name="Tempo">How fast things follow each other.</param>
/// <param name="Height">How far something falls, swings or reaches.</param>
/// <param name="Damping">How soon motion and sound die away.</param>
/// <param name="Place">Where it happens.</param>
/// <param name="Phase">What part of a movement stands at time 0.</param>
/// <param name="Material">What the sounding thing is made of.</param>
internal sealed record Latents(double Size, double Tempo, double Height, double Damping, double Place, double Phase, Material Material)
{
    public static Latents Draw(ref CounterRandom random) => new(
        random.NextUniform(), random.NextUniform(), random.NextUniform(), random.NextUniform(), random.NextUniform(), random.NextUniform(),
        (Material)random.NextInt(4));

    /// <summary>From the number's [0, 1) to a range, evenly.</summary>
    public static double Between(double latent, double start, double end) => start + ((end - start) * latent);

    /// <summary>From the number's [0, 1) to a range of frequencies, evenly by octaves.</summary>
    public static double Octaves(double latent, double start, double end) => start * Elementary.Exp(latent * Elementary.Log(end / start));
}
