namespace Cmcd.Repro.Datasets;

/// <summary>What the paper leaves open about TU-Berlin. Any change makes other data: it goes into the hash.</summary>
/// <remarks>Source: arXiv 2405.03355v2, Appendix C: 15,000 sketches to train, 5,000 to test, by no named rule or seed.</remarks>
public sealed record TuBerlinOptions
{
    /// <summary>Side of an image, pixels. Default 256, from about 1111: a view of 224 is cut from it, as from Sketchy's.</summary>
    public int Side { get; init; } = 256;

    /// <summary>Training sketches of each class. Default 60: 250 classes give the printed 15,000.</summary>
    public int TrainPerClass { get; init; } = 60;

    /// <summary>Test sketches of each class. Default 20: 250 classes give the printed 5,000. A class with fewer sketches in all is split in the same proportion.</summary>
    public int TestPerClass { get; init; } = 20;

    /// <summary>Seed of the split, 0 … 2^32 - 1. Default 0; the paper gives none.</summary>
    public long SplitSeed { get; init; }

    internal void Check()
    {
        OptionCheck.RequireSide(TuBerlin.Name, Side);
        OptionCheck.RequireSeed(TuBerlin.Name, SplitSeed);
        OptionCheck.Require(TrainPerClass >= 1, TuBerlin.Name, nameof(TrainPerClass), TrainPerClass, "from 1");
        OptionCheck.Require(TestPerClass >= 1, TuBerlin.Name, nameof(TestPerClass), TestPerClass, "from 1");
    }
}
