using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets;

/// <summary>Random orders behind the splits of real data; each use has its own address in the generator.</summary>
internal static class Draws
{
    // 0 and 1 are those of Subsets. Part of every split: never renumber.
    public const int SketchySplit = 2, SketchyShare = 3, SketchyCap = 4, TuBerlinSplit = 5, VggSoundTrain = 6, VggSoundTest = 7;

    /// <summary>A random order of the items of a class.</summary>
    public static int[] Order(long seed, int use, int label, int count) => new CounterRandom(seed, Purpose.Subset, sample: label, view: use).NextPermutation(count);

    /// <summary>A part of count ≥ 2 items, rounded down, that leaves one on each side.</summary>
    public static int ShareOf(double share, int count) => Math.Clamp((int)Math.Floor((share * count) + 1e-9), 1, count - 1);   // 0.29 * 100 is 28.999…
}
