using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Nearly normal numbers from sums alone (mean 0, variance 1, at most ±3.5): no library function, so the same bits everywhere.</summary>
internal static class Bell
{
    private const float Scale = 1.7320508f;              // four uniform numbers have a variance of 4 / 12

    public static float Draw(ref CounterRandom random) =>
        (random.NextUniform() + random.NextUniform() + random.NextUniform() + random.NextUniform() - 2) * Scale;
}
