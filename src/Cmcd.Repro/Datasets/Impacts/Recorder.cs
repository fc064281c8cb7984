using Cmcd.Repro.Datasets.Sounds;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>From an item's number to its frames and its spectrogram.</summary>
/// <remarks>
/// A pure function of (style, class, item): random numbers come from <see cref="CounterRandom"/> at (seed 0, Impacts, sample = item), view 0 for what
/// happens, 1 for the camera, 2 for the room, 3 for the choice of a single frame, 4 for the event's noises, 5 and 6 for another event and its noises. Only + - × ÷ √ and rounding are used, so the bits are the same on every platform
/// and for any number of threads.
/// </remarks>
/// <param name="style">How badly to film and record.</param>
internal sealed class Recorder(RecordingStyle style)
{
    /// <summary>Part of every part's hash. Raise it when data can change for the same style.</summary>
    public const int GeneratorVersion = 1;

    private static readonly int Kinds = Enum.GetValues<EventKind>().Length;

    /// <summary>Bytes of a frame.</summary>
    public const int FrameBytes = Canvas.Side * Canvas.Side;

    /// <summary>Bytes of a spectrogram.</summary>
    public const int SoundBytes = SpectrogramImage.Side * SpectrogramImage.Side;

    /// <summary>What happens in an item.</summary>
    public static SimulatedEvent EventOf(EventKind kind, long item) => EventOf(kind, item, 0);

    private static SimulatedEvent EventOf(EventKind kind, long item, int view)
    {
        var random = Numbers(item, view);
        var latents = Latents.Draw(ref random);
        return SimulatedEvent.Of(kind, latents, ref random);
    }

    /// <summary>All frames of each item, [N × 12 × 32 × 32].</summary>
    public byte[] Clips(Func<int, EventKind> kindOf, long firstItem, int count) =>
        Each(count, Film.Frames * FrameBytes, (item, clip) => Filmed(kindOf(item), firstItem + item, 0, clip));

    /// <summary>One frame of each item, the item's own choice, [N × 32 × 32].</summary>
    public byte[] Stills(Func<int, EventKind> kindOf, long firstItem, int count) => Each(count, FrameBytes, (item, still) =>
    {
        var random = Numbers(firstItem + item, 3);
        Filmed(kindOf(item), firstItem + item, random.NextInt(Film.Frames), still);
    });

    /// <summary>The spectrogram of each item, [N × 64 × 64].</summary>
    public byte[] Sounds(Func<int, EventKind> kindOf, long firstItem, int count) => Each(count, SoundBytes, (item, image) =>
    {
        var sound = Heard(kindOf(item), firstItem + item);
        var power = Spectrogram.LogPower(sound);
        Spectrogram.Standardise(power);
        SpectrogramImage.Write(power, Spectrogram.Columns(sound.Length), image);
    });

    /// <summary>The recorded sound of an item, 16,000 samples in [-1, 1].</summary>
    internal double[] Heard(EventKind kind, long item)
    {
        var random = Numbers(item, 2);
        var other = random.NextBool(style.Distraction) ? Played(EventOf((EventKind)random.NextInt(Kinds), item, 5), item, 6) : null;
        return Microphone.Record(Played(EventOf(kind, item), item, 4), other, style, ref random);
    }

    private void Filmed(EventKind kind, long item, int first, Span<byte> frames)
    {
        var random = Numbers(item, 1);
        Film.Take(EventOf(kind, item), style, ref random, frames, first);
    }

    private static double[] Played(SimulatedEvent scene, long item, int view)
    {
        var track = new Soundtrack(Numbers(item, view));
        scene.Sound(track);
        return track.Samples;
    }

    private static CounterRandom Numbers(long item, int view) => new(seed: 0, Purpose.Impacts, sample: item, view: view);

    private static byte[] Each(int count, int size, Action<int, Span<byte>> make)
    {
        var all = new byte[(long)count * size];
        Parallel.For(0, count, item => make(item, all.AsSpan(item * size, size)));
        return all;
    }
}
