using Cmcd.Repro.Datasets.Impacts;
using Cmcd.Repro.Datasets.Sounds;

namespace Cmcd.Repro.Datasets;

/// <summary>Simulated events, filmed and recorded from one motion: the mini tier's stand-in for VGGSound.</summary>
/// <remarks>
/// Clips are 12 grey frames [12, 1, 32, 32], sounds the spectrogram of the same second [1, 64, 64]. Sets share no item. Item i is of class i modulo 12, so any prefix
/// of 12 k items is balanced. Pairs and labelled splits stand to each other as VGGSound's do in the paper. Made on first use and kept.
/// </remarks>
/// <param name="generated">Where they are kept.</param>
/// <param name="style">How badly events are filmed and recorded.</param>
internal sealed class ImpactClips(GeneratedFolder generated, RecordingStyle style)
{
    public const string Name = "impacts";
    public const string Licence = "made by this program";
    public const string Source = "Simulated: one motion gives the frames and the sound, see experiments/data/README.md.";

    /// <summary>The one number by which the paper's 4,625 pairs and 10,000 labelled clips of each split are scaled.</summary>
    public const double Scale = 0.288;

    private const byte Black = 0;

    private static readonly Part[] Parts =
    [
        new("unlabelled", 7200, 0),                                         // step 1: one frame of each of so many clips
        new("pairs", (int)Math.Round(4625 * Scale), 1_000_000),
        new("train", (int)Math.Round(10_000 * Scale), 2_000_000),
        new("validation", 1200, 3_000_000),
        new("test", (int)Math.Round(10_000 * Scale), 4_000_000),
    ];

    private readonly Recorder _recorder = new(style);

    /// <summary>The events' names, by label.</summary>
    public static IReadOnlyList<string> Classes { get; } =
    [
        "bouncing ball", "striking pendulum", "ringing plate", "plucked string", "rolling wheel", "dripping tap",
        "ratchet", "fan", "siren", "clapping hands", "saw", "rain",
    ];

    public UnlabelledDataset Unlabelled(int? limit)
    {
        var part = Find("unlabelled");
        var count = Limit.Apply(limit, part.Count, 1, $"{Name} unlabelled frames");
        return new(Name, HashOf(part, count), Kept(part, "frames", count, Canvas.Side, Black, () => _recorder.Stills(KindOf, part.FirstItem, count)));
    }

    public PairedDataset Pairs(int? limit)
    {
        var part = Find("pairs");
        var count = Limit.Apply(limit, part.Count, 1, $"{Name} clips with sound");
        return new(Name, HashOfSounds(part, count), Clips(part, count), Sounds(part, count), [.. Enumerable.Range(0, count)]);
    }

    public LabelledDataset Labelled(string split, int? limit)
    {
        var part = Find(split);
        var count = Limit.Apply(limit, part.Count, Classes.Count, $"{Name}/{split} sounds");
        return new($"{Name}/{split}", HashOfSounds(part, count), Sounds(part, count), [.. Enumerable.Range(0, count).Select(item => (int)KindOf(item))], Classes);
    }

    /// <summary>Makes all sets that are not on disk.</summary>
    public void Make()
    {
        IImageSet[] sets = [Unlabelled(null).Images, Pairs(null).Source, .. Parts[1..].Select(part => Sounds(part, part.Count))];
        foreach (var set in sets) set.Read([0]).Dispose();
    }

    internal static EventKind KindOf(int item) => (EventKind)(item % Classes.Count);

    private static Part Find(string name) => Array.Find(Parts, part => part.Name == name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), name, "A set without items.");

    private ResidentImages Clips(Part part, int count) =>
        Kept(part, "clips", count, Canvas.Side, Black, () => _recorder.Clips(KindOf, part.FirstItem, count), frames: Film.Frames);

    // Beyond its edges a spectrogram goes on as its mean: silence lies at another byte in each, as each is standardised on its own.
    private ResidentImages Sounds(Part part, int count) =>
        Kept(part, "sounds", count, SpectrogramImage.Side, SpectrogramImage.Mean, () => _recorder.Sounds(KindOf, part.FirstItem, count), reachesEdges: true);

    private ResidentImages Kept(Part part, string side, int count, int pixels, byte background, Func<byte[]> make, int frames = 1, bool reachesEdges = false) =>
        new(count, pixels, pixels, background, () => generated.Get($"{Name}-{part.Name}-{side}", HashOf(part, count), make), frames: frames, reachesEdges: reachesEdges);

    private string HashOf(Part part, int count) => ContentHash.Of(
        Name, $"generator {Recorder.GeneratorVersion}", style.ToString(), part.Name, $"first item {part.FirstItem}", $"{count}");

    // How a set wants to be seen decides numbers too, though not a byte of it.
    private string HashOfSounds(Part part, int count) => ContentHash.Of(HashOf(part, count), "test views reach the edges");

    /// <summary>Items of one use; no two parts share an item's number, so none shares a random number.</summary>
    private sealed record Part(string Name, int Count, long FirstItem);
}
