namespace Cmcd.Repro.Datasets.Clips;

/// <summary>Which clips are pairs, which train and which test: at random among those that are here.</summary>
/// <remarks>
/// All rows of a split are put into a random order, those that are here or not; pairs are the first of the training split that are here with pictures, training sounds
/// the last that are here, test sounds the first of the test split. So two users who miss different clips get mostly the same sets, and neither set moves when the other grows.
/// A few more than asked for are drawn, which step in for clips that cannot be decoded. One clip of a video, and no video on both sides of the split.
/// Orders: <see cref="Draws"/>.
/// </remarks>
internal sealed class VggSoundDraw
{
    public VggSoundDraw(VggSoundList list, ClipShelf shelf, VggSoundOptions options)
    {
        var testVideos = list.Clips.Where(clip => clip.IsTest).Select(clip => clip.Video).ToHashSet(StringComparer.Ordinal);
        ListedClip[] test = [.. list.Clips.Where(clip => clip.IsTest).DistinctBy(clip => clip.Video)];
        ListedClip[] train = [.. list.Clips.Where(clip => !clip.IsTest && !testVideos.Contains(clip.Video)).DistinctBy(clip => clip.Video)];
        SecondClips = list.Clips.Count - train.Length - test.Length;

        var here = Here(train, shelf, options.SplitSeed, Draws.VggSoundTrain);
        var (pairs, sounds) = (WithReserve(options.PairCount), WithReserve(options.TrainCount));
        if (here.Length < pairs + sounds)
        {
            // Too few for both: each is shortened by the same share.
            pairs = (int)Math.Min(pairs, (long)here.Length * options.PairCount / ((long)options.PairCount + options.TrainCount));
            sounds = here.Length - pairs;
        }

        Pairs = [.. here.Where(drawn => drawn.Files.Video is not null).Take(pairs)];
        var taken = Pairs.Select(drawn => drawn.Clip.Video).ToHashSet(StringComparer.Ordinal);
        Train = [.. here.Reverse().Where(drawn => !taken.Contains(drawn.Clip.Video)).Take(Math.Min(sounds, WithReserve(options.TrainCount)))];
        var tests = Here(test, shelf, options.SplitSeed, Draws.VggSoundTest);
        Test = [.. tests.Take(WithReserve(options.TestCount))];
        (TrainHere, TestHere) = (here.Length, tests.Length);
    }

    /// <summary>Drawn for pairs, in order, with the reserve.</summary>
    public IReadOnlyList<DrawnClip> Pairs { get; }

    /// <summary>Drawn for training, in order, with the reserve.</summary>
    public IReadOnlyList<DrawnClip> Train { get; }

    /// <summary>Drawn for testing, in order, with the reserve.</summary>
    public IReadOnlyList<DrawnClip> Test { get; }

    /// <summary>Rows left out because another clip of their video is listed.</summary>
    public int SecondClips { get; }

    /// <summary>Clips of the training split that are here.</summary>
    public int TrainHere { get; }

    /// <summary>Clips of the test split that are here.</summary>
    public int TestHere { get; }

    /// <summary>So many are drawn for so many items: 2 % and two more. Of 199,467 clips of a public copy 0.8 % were missing or unusable.</summary>
    public static int WithReserve(int count) => count + (count / 50) + 2;

    private static DrawnClip[] Here(ListedClip[] clips, ClipShelf shelf, int seed, int use) =>
    [
        .. from place in Draws.Order(seed, use, label: 0, clips.Length)
           let files = shelf[clips[place]]
           where files is not null
           select new DrawnClip(clips[place], files.Value),
    ];
}
