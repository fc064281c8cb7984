namespace Cmcd.Repro.Datasets;

/// <summary>How VGGSound is drawn and decoded. What the paper leaves open has a default here, with its reason.</summary>
public sealed record VggSoundOptions
{
    /// <summary>Clips with pictures and sound, of the authors' training split. Default 4,625: the paper's number (Appendix C).</summary>
    public int PairCount { get; init; } = 4625;

    /// <summary>Labelled sounds to train on, of the rest of the authors' training split. Default 10,000: the paper's number.</summary>
    public int TrainCount { get; init; } = 10_000;

    /// <summary>Labelled sounds to test on, of the authors' test split. Default 10,000: the paper's number.</summary>
    public int TestCount { get; init; } = 10_000;

    /// <summary>Seed of the draw, from 0. Default 0: the paper drew at random and does not say which clips.</summary>
    public int SplitSeed { get; init; }

    /// <summary>Height and width of the stored frames, pixels, 32 to 1024. Default 256: the test view of 7/8 is then cut to 224 and not resized. 2.4 MB a clip.</summary>
    public int FrameSide { get; init; } = 256;

    /// <summary>What the sound is shown as. Default: the authors' own loader; the paper says "spectrograms" only.</summary>
    public VggSoundSpectrogram Spectrogram { get; init; } = VggSoundSpectrogram.Official;

    /// <summary>
    /// Height and width of the stored spectrogram, pixels, 32 to 1024. Default 256: 257 frequencies keep their resolution, 1004 columns are averaged by four. A square, because views
    /// draw a box's aspect in pixels and the test view shows the whole clip in a square: of 257 x 1004 a training view could show no more than a third of the time, stretched fourfold.
    /// </summary>
    public int SpectrogramSide { get; init; } = 256;

    /// <exception cref="DatasetUnavailableException">A value is out of range; all are named.</exception>
    internal void Require()
    {
        (string Name, int Value, int Least, int Most)[] ranges =
        [
            (nameof(PairCount), PairCount, 1, 1_000_000), (nameof(TrainCount), TrainCount, 1, 1_000_000), (nameof(TestCount), TestCount, 1, 1_000_000),
            (nameof(SplitSeed), SplitSeed, 0, int.MaxValue), (nameof(FrameSide), FrameSide, 32, 1024), (nameof(SpectrogramSide), SpectrogramSide, 32, 1024),
            (nameof(Spectrogram), (int)Spectrogram, 0, Enum.GetValues<VggSoundSpectrogram>().Length - 1),
        ];
        var faults = ranges.Where(range => range.Value < range.Least || range.Value > range.Most).Select(range => $"{range.Name} is {range.Value}, allowed {range.Least} to {range.Most}").ToArray();
        if (faults.Length > 0) throw new DatasetUnavailableException($"Options of {VggSound.Name}: {string.Join("; ", faults)}. Change them in the tier.");
    }
}
