namespace Cmcd.Repro.Datasets;

/// <summary>What the paper leaves open about Sketchy. Any change makes other data: it goes into the hash of what it decides.</summary>
/// <remarks>Source: arXiv 2405.03355v2, Appendix C, which gives 48,290 pairs and a split of 60,335/15,146, and no rule or seed for either.</remarks>
public sealed record SketchyOptions
{
    /// <summary>How photos were rendered. Default the whole image: the paired views are aligned then, and its first author's older code used it for both sides.</summary>
    public SketchyPhotoRendering PhotoRendering { get; init; } = SketchyPhotoRendering.WholeImage;

    /// <summary>How sketches were rendered, for pairs and for step 3. Default the whole image, as the photos.</summary>
    public SketchySketchRendering SketchRendering { get; init; } = SketchySketchRendering.WholeImage;

    /// <summary>Side of an image, pixels. Default 256, as rendered: nothing is resized.</summary>
    public int Side { get; init; } = 256;

    /// <summary>Which sketches are paired. Default the cap, the only rule that gives the printed number.</summary>
    public SketchyPairRule PairRule { get; init; } = SketchyPairRule.Capped;

    /// <summary>Most pairs of <see cref="SketchyPairRule.Capped"/>. Default 48,290, the printed number.</summary>
    public int Cap { get; init; } = 48_290;

    /// <summary>Part of each class's photos that <see cref="SketchyPairRule.ShareOfTrain"/> takes. Default 0.8: 48,290 is 80.04 % of 60,335.</summary>
    public double PairShare { get; init; } = 0.8;

    /// <summary>What is drawn for the split. Default sketches: 60,335/15,146 has no multiple of a photo's sketches in it, and no rule by photo is named.</summary>
    public SketchySplitUnit SplitUnit { get; init; } = SketchySplitUnit.Sketch;

    /// <summary>
    /// Part of each class that is trained on, rounded down class by class. Default 0.8, not 0.7993: rounding 0.8 down in 125 classes loses 0.4 each on average, so 75,481 sketches give
    /// 60,384.8 - 50 = 60,335 (± 3), the printed number.
    /// </summary>
    public double TrainShare { get; init; } = 0.8;

    /// <summary>Seed of the split, of the share and of the cap, 0 … 2^32 - 1. Default 0; the paper gives none.</summary>
    public long SplitSeed { get; init; }

    internal void Check()
    {
        OptionCheck.RequireNamed(Sketchy.Name, nameof(PhotoRendering), PhotoRendering);
        OptionCheck.RequireNamed(Sketchy.Name, nameof(SketchRendering), SketchRendering);
        OptionCheck.RequireNamed(Sketchy.Name, nameof(PairRule), PairRule);
        OptionCheck.RequireNamed(Sketchy.Name, nameof(SplitUnit), SplitUnit);
        OptionCheck.RequireSide(Sketchy.Name, Side);
        OptionCheck.RequireSeed(Sketchy.Name, SplitSeed);
        OptionCheck.Require(Cap >= 1, Sketchy.Name, nameof(Cap), Cap, "from 1");
        OptionCheck.Require(PairShare is > 0 and <= 1, Sketchy.Name, nameof(PairShare), PairShare, "above 0 to 1");
        OptionCheck.Require(TrainShare is > 0 and < 1, Sketchy.Name, nameof(TrainShare), TrainShare, "between 0 and 1");
    }
}
