using static TorchSharp.torch;

namespace Cmcd.Repro.Datasets;

/// <summary>The paper's sets by their printed sizes alone (Appendix C): a plan can be made of them before anything is downloaded.</summary>
internal static class NominalSets
{
    private sealed record Sizes(int Sources, int Targets, int Frames, int Train, int Test, int Classes);

    private static Sizes? Of(string name) => name switch
    {
        Sketchy.Name => new(12_500, 48_290, 1, 60_335, 15_146, 125),
        TuBerlin.Name => new(0, 0, 1, 15_000, 5_000, 250),
        NyuDepth.Name => new(795, 795, 1, 795, 654, 40),
        VggSound.Name => new(4_625, 4_625, 12, 10_000, 10_000, 309),
        _ => null,
    };

    public static PairedDataset? Pairs(string name, int? limit)
    {
        if (Of(name) is not { Sources: > 0 } sizes) return null;
        var (sources, perSource) = (Math.Min(limit ?? sizes.Sources, sizes.Sources), (double)sizes.Targets / sizes.Sources);
        var targets = sources == sizes.Sources ? sizes.Targets : (int)(sources * perSource);
        return new(name, Hash(name, "pairs", sources), new Images(sources, sizes.Frames), new Images(targets), [.. Enumerable.Range(0, targets).Select(target => Math.Min((int)(target / perSource), sources - 1))]);
    }

    public static LabelledDataset? Labelled(string name, string split, int? limit)
    {
        if (name == NyuDepth.Name || Of(name) is not { } sizes) return null;
        var count = Count(sizes, split, limit);
        return new($"{name}/{split}", Hash(name, split, count), new Images(count), [.. Enumerable.Range(0, count).Select(item => item % sizes.Classes)], Classes(sizes));
    }

    public static SegmentedDataset? Segmented(string name, string split, int? limit)
    {
        if (name != NyuDepth.Name || Of(name) is not { } sizes) return null;
        var count = Count(sizes, split, limit);
        return new($"{name}/{split}", Hash(name, split, count), new Images(count), new Images(count, channels: 1), Classes(sizes));
    }

    private static int Count(Sizes sizes, string split, int? limit) => Math.Min(limit ?? int.MaxValue, split == "train" ? sizes.Train : sizes.Test);

    private static string[] Classes(Sizes sizes) => [.. Enumerable.Range(0, sizes.Classes).Select(number => $"class {number}")];

    private static string Hash(string name, string part, int count) => ContentHash.Of("nominal", name, part, $"{count}");

    /// <summary>A number of images that nobody may look at.</summary>
    private sealed class Images(int count, int frames = 1, int channels = 3) : IImageSet
    {
        public int Count => count;

        public int Frames => frames;

        public int Channels => channels;

        public int Height => 256;

        public int Width => 256;

        public byte Background => 0;

        public Tensor Read(ReadOnlySpan<int> indices) => throw new InvalidOperationException("A planned set has no images.");
    }
}
